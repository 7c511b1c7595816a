import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';

export interface Look {
  width: number;
  height: number;
  theme: 'light' | 'dark';
  language: string;
}

export interface Shot {
  name: string;
  path: string;
  /** Before the page is opened: what stands in for the server, what is remembered. */
  prepare(page: Page): Promise<void>;
  clicks: readonly string[];
  /** What is scrolled to before the picture is taken. */
  shows?: string | undefined;
  /** Time for sound and picture to arrive, ms. */
  settle: number;
}

export interface Finding {
  picture: string;
  rule: string;
  where: string;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Opens a page, takes its picture, and says what axe, the console and a ruler found. */
export async function examine(
  context: BrowserContext,
  base: string,
  shot: Shot,
  look: Look,
  folder: string,
): Promise<Finding[]> {
  const { width, height, theme, language } = look;
  const picture = `${shot.name}-${String(width)}x${String(height)}-${theme}-${language}.png`;
  const findings: Finding[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => findings.push({ picture, rule: 'error', where: String(error) }));
  page.on('console', (message) => {
    if (message.type() === 'error') findings.push({ picture, rule: 'console', where: message.text() });
  });
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme });
  await page.addInitScript((tag) => {
    localStorage.clear();
    localStorage.setItem('kakehashi.locale', tag);
  }, language);
  await page.addInitScript((name) => {
    localStorage.setItem('kakehashi.theme', name);
  }, theme);
  await shot.prepare(page);
  await page.goto(new URL(shot.path, base).href);
  for (const click of shot.clicks) await page.click(click);
  await page
    .waitForFunction(() => document.querySelector('[data-line=connecting]') === null, undefined, { timeout: 8000 })
    .catch(() => findings.push({ picture, rule: 'never connected', where: shot.path }));
  await wait(shot.settle);
  if (shot.shows !== undefined) await page.locator(shot.shows).scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(folder, picture) });

  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) findings.push({ picture, rule: 'wider than the screen', where: `${String(overflow)} px` });
  // Not by a script element: the pages' Content-Security-Policy would refuse it.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: (o: object) => Promise<AxeResults> } }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  for (const { id, nodes } of violations) {
    for (const node of nodes) findings.push({ picture, rule: `axe ${id}`, where: node.target.join(' ') });
  }
  await page.close({ runBeforeUnload: false });
  return findings;
}
