import type { Browser, BrowserContext } from 'playwright-core';
import { Person, readHearing, visit, visitAgain, type Said } from './person.ts';

/** Somebody who attends: picks a language, and hears it. */
export class Attendee extends Person {
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

  /** Frames shown so far by the pictures on the page. */
  pictures(): Promise<number> {
    const videos = this.page.locator('video');
    return videos.evaluateAll((all: HTMLVideoElement[]) =>
      all.reduce((sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames, 0),
    );
  }

  /** How tall the main picture is that comes, in pixels. */
  pictureHeight(): Promise<number> {
    return this.page.evaluate(async () => {
      const connection = window.ear.connections.find(({ connectionState }) => connectionState === 'connected');
      const receiver = connection?.getReceivers().find(({ track }) => track.kind === 'video');
      let height = 0;
      (await receiver?.getStats())?.forEach((report: RTCInboundRtpStreamStats) => {
        if (report.type === 'inbound-rtp') height = report.frameHeight ?? 0;
      });
      return height;
    });
  }

  /** What the page says of its pictures: `full`, `reduced`, `slides` or `none`; and in words. */
  async saysOfPictures(): Promise<{ pictures: string | null; words: string }> {
    const view = this.page.locator('[data-pictures]');
    return { pictures: await view.getAttribute('data-pictures'), words: await view.getByRole('status').innerText() };
  }

  says(): Promise<Said> {
    return readHearing(this.page);
  }
}
