import type { Browser, BrowserContext } from 'playwright-core';
import { Person, readHearing, visit, visitAgain, type Said } from './person.ts';

/**
 * Somebody who attends: picks a language, and hears it. Directly, unless told otherwise: a page that has turned to the broadcast, as it
 * does where a machine is too slow to connect in time, is an error, and said as such.
 */
export class Attendee extends Person {
  #follows = false;

  static async arrive(browser: Browser, link: string): Promise<Attendee> {
    return new Attendee('attendee', await visit(browser, link));
  }

  static async inContext(context: BrowserContext, link: string): Promise<Attendee> {
    return new Attendee('attendee', await visitAgain(context, link));
  }

  /** Answers the first question, or clicks one of the big buttons. */
  async choose(channel: string): Promise<void> {
    await this.page.locator(`button[data-channel="${channel}"]`).click();
  }

  /** Waits until the page has turned to the broadcast, and for this reason; it may be there from then on. */
  async turnsToBroadcast(why: string): Promise<void> {
    this.#follows = true;
    await this.page.locator(`[data-broadcast="${why}"]`).waitFor();
  }

  /** Frames shown so far by the pictures on the page. */
  pictures(): Promise<number> {
    const videos = this.page.locator('video');
    return videos.evaluateAll((all: HTMLVideoElement[]) =>
      all.reduce((sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames, 0),
    );
  }

  /** How tall the main picture is that comes, in pixels; null where none has come yet. */
  async pictureHeight(): Promise<number | null> {
    await this.#expectDirect();
    return this.page.evaluate(async () => {
      const connection = window.ear.connections.find(({ connectionState }) => connectionState === 'connected');
      const receiver = connection?.getReceivers().find(({ track }) => track.kind === 'video');
      const heights: number[] = [];
      (await receiver?.getStats())?.forEach((report: RTCInboundRtpStreamStats) => {
        if (report.type === 'inbound-rtp' && report.frameHeight !== undefined) heights.push(report.frameHeight);
      });
      return heights.at(-1) ?? null;
    });
  }

  /** What the page says of its pictures: `full`, `reduced`, `slides` or `none`; and in words. Both are read at the same moment. */
  async saysOfPictures(): Promise<{ pictures: string | null; words: string }> {
    await this.#expectDirect();
    return this.page.locator('[data-pictures]').evaluate((view: HTMLElement) => ({
      pictures: view.getAttribute('data-pictures'),
      words: view.querySelector<HTMLElement>(':scope > [role="status"]')!.innerText,
    }));
  }

  async says(): Promise<Said> {
    await this.#expectDirect();
    return readHearing(this.page);
  }

  async #expectDirect(): Promise<void> {
    if (this.#follows) return;
    const turned = await this.page.evaluate(() => {
      const place = document.querySelector<HTMLElement>('[data-broadcast]');
      return place === null ? null : `${place.dataset['broadcast']}: ${place.querySelector('.caution')?.textContent?.trim() ?? ''}`;
    });
    if (turned !== null) throw new Error(`${this.name} should be served directly, but the page has turned to the broadcast (${turned})`);
  }
}
