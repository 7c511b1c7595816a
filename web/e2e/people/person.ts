import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { hear, listenIn, RECORDER } from '../browser/ear.ts';
import type { Sound } from '../heard/wav.ts';
import { outputs } from '../outputs.ts';

/** How long a page may take to show what is waited for. */
const PATIENCE_MS = 60_000;

/** What a page tells its user about what is heard. */
export interface Said {
  readonly channel: string | null;
  readonly kind: string | null;
  readonly words: string;
}

/** Whoever can be asked what they hear. */
export interface Hearer {
  readonly name: string;
  /** What the page says is heard, if there is a page that says so. */
  says?(): Promise<Said>;
  /** What the loudspeakers play during the next so many seconds. */
  hear(seconds: number): Promise<Sound>;
  /** Keeps a picture of the page under `build/e2e`. */
  screenshot?(file: string): Promise<void>;
}

/** Somebody at a page of Chromium, with ears. */
export abstract class Person implements Hearer {
  readonly name: string;
  readonly context: BrowserContext;
  readonly page: Page;

  protected constructor(name: string, page: Page) {
    this.name = name;
    this.page = page;
    this.context = page.context();
  }

  abstract says(): Promise<Said>;

  hear(seconds: number): Promise<Sound> {
    return hear(this.page, seconds);
  }

  /** The page's tab dies: no goodbye is said to anybody. */
  async crash(): Promise<void> {
    const crashed = this.page.waitForEvent('crash');
    const devtools = await this.context.newCDPSession(this.page);
    // The answer never comes: the tab that would give it is gone.
    devtools.send('Page.crash').catch(() => undefined);
    await crashed;
  }

  /**
   * Waits until the page has its microphone, as `open` shows. Where it says instead that there is none, `again` is pressed once, as a
   * person would; a second failure is thrown with the page's own words, not waited out.
   */
  protected async opensMicrophone(open: Locator, again: () => Promise<void>): Promise<void> {
    // Who has no camera is told so as well: that holds up nobody.
    const alert = this.page.getByRole('alert').filter({ hasText: /^Microphone:/ });
    for (let retried = false; ; retried = true) {
      await this.shows(open.or(alert));
      if ((await open.count()) > 0) return;
      const words = await alert.first().innerText();
      if (retried) throw new Error(`${this.name} has no microphone. The page says: ${words}`);
      await again();
    }
  }

  /** Waits until the page shows it; where that is in vain, the page's own alerts are told. */
  protected async shows(what: Locator): Promise<void> {
    try {
      await what.first().waitFor();
    } catch (error) {
      const words = await this.page.getByRole('alert').allInnerTexts();
      if (words.length === 0) throw error;
      throw new Error(`${this.name} waits in vain. The page says: ${words.join(' / ')}`, { cause: error });
    }
  }

  async screenshot(file: string): Promise<void> {
    mkdirSync(outputs(''), { recursive: true });
    await this.page.screenshot({ path: outputs(file) });
  }
}

/** Opens a link in a browser in English, with ears, in a window that asks for one picture only; nothing is remembered. */
export async function visit(browser: Browser, link: string): Promise<Page> {
  // The ear brings a script of its own, which the pages' Content-Security-Policy would rightly refuse.
  const context = await browser.newContext({ bypassCSP: true, locale: 'en-GB', viewport: { width: 900, height: 900 } });
  return visitAgain(context, link);
}

/** Opens a link in another tab of the same browser. */
export async function visitAgain(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(listenIn, RECORDER);
  await page.goto(link);
  return page;
}

/** Reads the sentence after "You hear", and what the page marks it with. */
export async function readHearing(page: Page): Promise<Said> {
  const place = page.locator('[data-heard]').first();
  if ((await place.count()) === 0) return { channel: null, kind: null, words: '' };
  return {
    channel: await place.getAttribute('data-heard'),
    kind: await place.getAttribute('data-kind'),
    words: await place.locator('strong').first().innerText(),
  };
}
