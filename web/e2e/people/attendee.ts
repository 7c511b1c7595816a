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

  says(): Promise<Said> {
    return readHearing(this.page);
  }
}
