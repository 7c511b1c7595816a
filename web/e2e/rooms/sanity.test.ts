import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { Company } from '../company.ts';
import { outputs } from '../outputs.ts';
import { Site, type DemoSession } from '../site.ts';

const company = new Company();
let browser: Browser;
let session: DemoSession;

beforeAll(async () => {
  session = await new Site(inject('site')).emptySession('fr', 'ja', 'en');
  browser = await company.browser({ voice: 'jane', camera: true });
});

/** Each page, and how far to go into it. */
const ROOMS: Readonly<Record<string, { role: string | null; enter: (page: Page) => Promise<unknown> }>> = {
  programme: { role: null, enter: (page) => page.getByRole('main').waitFor() },
  attend: {
    role: 'attendee',
    enter: async (page) => {
      await page.locator('button[data-channel="ja"]').click();
      await page.locator('[data-heard="ja"]').waitFor();
    },
  },
  booth: {
    role: 'interpreter',
    enter: async (page) => {
      await page.getByRole('button', { name: 'Enter' }).click();
      await page.locator('[data-air="off"]').waitFor();
    },
  },
  stage: {
    role: 'speaker',
    enter: async (page) => {
      await page.getByRole('button', { name: 'Switch them on' }).click();
      await page.getByRole('button', { name: 'Next' }).waitFor();
    },
  },
  desk: { role: 'organiser', enter: (page) => page.getByRole('table').waitFor() },
  replay: { role: 'organiser', enter: (page) => page.locator('[data-heard]').waitFor() },
};

function addressOf(room: string, role: string | null): string {
  if (role === null) return inject('site');
  // A recording is opened with the link of whoever may publish it.
  return room === 'replay' ? session.links[role]!.replace('/desk/', '/replay/') : session.links[role]!;
}

describe.each(Object.entries(ROOMS))('%s', (name, { role, enter }) => {
  test.each(['light', 'dark'] as const)('says nothing to the console and everything to a screen reader, %s', async (colours) => {
    // The product's own Content-Security-Policy is in force here: what it refuses would be an error on the console.
    // A colour on its way from one to another has no contrast to measure.
    const context = await browser.newContext({ locale: 'en-GB', colorScheme: colours, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
    page.on('pageerror', (error) => void errors.push(String(error)));

    await page.goto(addressOf(name, role));
    await enter(page);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: outputs(`${name}-${colours}.png`), fullPage: true });

    expect(errors).toEqual([]);
    await context.close();
  });
});

/** axe-core in a world of its own, which the page's policy does not concern. */
async function violations(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page);
  const { frameTree } = await devtools.send('Page.getFrameTree');
  const { executionContextId } = await devtools.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', {
    expression: `${axe.source}; axe.run(document)`,
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails !== undefined) throw new Error(`axe-core: ${exceptionDetails.text}`);
  const found = (result.value as AxeResults).violations;
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('  ')}`);
}
