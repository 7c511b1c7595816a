import type { Browser, BrowserContext } from 'playwright-core';
import type { Voice } from '../voices.ts';
import { Person, readHearing, visit, visitAgain, type Said } from './person.ts';

/** Somebody who speaks on stage. */
export class Speaker extends Person {
  /** Checks microphone and camera, puts on headphones, says the languages, and goes on. */
  static async goOn(name: Voice, browser: Browser, link: string, speaks: string, hears: string): Promise<Speaker> {
    const speaker = new Speaker(name, await visit(browser, link));
    const { page } = speaker;
    await page.getByRole('button', { name: 'Switch them on' }).click();
    // A person who reads that the microphone did not open tries again; a browser on a machine that has just started it may need that.
    const again = () => page.locator('[data-action="devices"]').click();
    await speaker.opensMicrophone(page.locator('[data-action="next"]:enabled'), again);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('checkbox', { name: 'I wear headphones' }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.locator(`input[name="speaks"][value="${speaks}"]`).check();
    await page.locator(`input[name="hears"][value="${hears}"]`).check();
    await page.locator('[data-action="ready"]').click();
    await speaker.state('heard');
    return speaker;
  }

  /** Opens the link again in the same browser; one click, and the stage is theirs again. */
  static async comeBack(name: Voice, context: BrowserContext, link: string): Promise<Speaker> {
    const speaker = new Speaker(name, await visitAgain(context, link));
    const back = () => speaker.page.getByRole('button', { name: 'Back to the stage' }).click();
    await back();
    await speaker.opensMicrophone(speaker.page.locator('[data-heard-state]'), back);
    await speaker.state('heard');
    return speaker;
  }

  /** Waits until the page answers "am I heard?" so. */
  async state(state: 'heard' | 'muted' | 'waiting' | 'lost' | 'absent'): Promise<void> {
    await this.shows(this.page.locator(`[data-heard-state="${state}"]`));
  }

  async closeMicrophone(): Promise<void> {
    await this.page.getByRole('button', { name: 'Close the microphone' }).click();
    await this.state('muted');
  }

  async openMicrophone(): Promise<void> {
    await this.page.getByRole('button', { name: 'Open the microphone' }).click();
    await this.state('heard');
  }

  /** Pulls the microphone's plug, as far as the page can tell: there is none any more. */
  async unplug(): Promise<void> {
    await this.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
      const senders = window.ear.connections.flatMap((connection) => connection.getSenders());
      for (const { track } of senders) {
        if (track?.kind !== 'audio') continue;
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await this.state('absent');
  }

  async plugIn(): Promise<void> {
    await this.page.evaluate(() => {
      // The browser's own is behind it again.
      delete (navigator.mediaDevices as Partial<MediaDevices>).getUserMedia;
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await this.state('heard');
  }

  async chooseToHear(channel: string): Promise<void> {
    await this.page.getByLabel('I hear').selectOption(channel);
  }

  says(): Promise<Said> {
    return readHearing(this.page);
  }
}
