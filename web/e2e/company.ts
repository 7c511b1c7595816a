import type { Browser } from 'playwright-core';
import { openChromium, type ChromiumWishes } from './browser/chromium.ts';

/** The browsers of one test file, closed together. */
export class Company {
  readonly #browsers: Browser[] = [];

  /** A Chromium process of one's own. */
  async browser(wishes: ChromiumWishes = {}): Promise<Browser> {
    const browser = await openChromium(wishes);
    this.#browsers.push(browser);
    return browser;
  }

  async leave(): Promise<void> {
    await Promise.all(this.#browsers.map((browser) => browser.close()));
  }
}
