import type { Browser } from 'playwright-core';
import { afterAll, afterEach, type RunnerTestSuite } from 'vitest';
import { openChromium, type ChromiumWishes } from './browser/chromium.ts';
import { outputs } from './outputs.ts';

/** The browsers of one test file: closed together, and pictured when a test fails. Make it outside of any test. */
export class Company {
  readonly #browsers: Browser[] = [];

  constructor() {
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await this.#picture(task.name);
    });
    afterAll(async ({}, suite) => {
      // A hook that failed leaves no test to be pictured after.
      if (hookFailed(suite)) await this.#picture(suite.name);
      await this.leave();
    });
  }

  /** A Chromium process of one's own. */
  async browser(wishes: ChromiumWishes = {}): Promise<Browser> {
    const browser = await openChromium(wishes);
    this.#browsers.push(browser);
    return browser;
  }

  async leave(): Promise<void> {
    await Promise.all(this.#browsers.splice(0).map((browser) => browser.close()));
  }

  async #picture(test: string): Promise<void> {
    const pages = this.#browsers.flatMap((browser) => browser.contexts()).flatMap((context) => context.pages());
    const name = test.replaceAll(/\W+/g, '-').slice(0, 60);
    const pictures = pages.map((page, i) => page.screenshot({ path: outputs(`${name}-${i}.png`), timeout: 5000 }));
    await Promise.allSettled(pictures);
  }
}

/** A suite has errors of its own where one of its hooks failed; those of its tests are theirs. */
function hookFailed({ result, tasks }: Readonly<RunnerTestSuite>): boolean {
  return (result?.errors ?? []).length > 0 || tasks.some((task) => task.type === 'suite' && hookFailed(task));
}
