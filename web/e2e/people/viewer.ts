import type { Browser } from 'playwright-core';
import { Person, readHearing, visit, type Said } from './person.ts';

/** What the main picture does, by the page's own element. */
export interface Picture {
  /** Where it is, s. */
  readonly at: number;
  readonly paused: boolean;
  /** Pictures shown so far. */
  readonly frames: number;
}

/** Somebody who watches by HLS: the broadcast of a live session, or its recording. */
export class Viewer extends Person {
  static async arrive(browser: Browser, link: string): Promise<Viewer> {
    return new Viewer('viewer', await visit(browser, link));
  }

  /** Presses the player's own button. */
  async play(): Promise<void> {
    await this.page.locator('media-play-button').click();
    await this.playing();
  }

  /** Waits until the picture moves on. */
  async playing(): Promise<void> {
    const { at } = await this.picture();
    await this.page.waitForFunction(
      (from) => {
        const video = document.querySelector('video');
        return video !== null && !video.paused && video.currentTime > from + 0.3;
      },
      at,
      { polling: 100 },
    );
  }

  async hears(channel: string): Promise<void> {
    await this.page.locator(`button[data-channel="${channel}"]`).click();
    await this.page.locator(`[data-heard="${channel}"]`).waitFor();
  }

  picture(): Promise<Picture> {
    return this.page
      .locator('video')
      .first()
      .evaluate((video: HTMLVideoElement) => ({
        at: video.currentTime,
        paused: video.paused,
        frames: video.getVideoPlaybackQuality().totalVideoFrames,
      }));
  }

  /** Where the page says it is, ms of the recording. */
  async position(): Promise<number> {
    return Number(await this.page.locator('[data-position]').getAttribute('data-position'));
  }

  /** The captions over the main picture now. */
  captions(): Promise<string[]> {
    return this.page
      .locator('video')
      .first()
      .evaluate((video: HTMLVideoElement) =>
        [...video.textTracks]
          .filter(({ mode, kind }) => mode === 'showing' && kind === 'subtitles')
          .flatMap(({ activeCues }) => [...(activeCues ?? [])].map((cue) => (cue as VTTCue).text)),
      );
  }

  says(): Promise<Said> {
    return readHearing(this.page);
  }
}
