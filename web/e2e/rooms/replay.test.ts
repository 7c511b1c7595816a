import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Company } from '../company.ts';
import { Viewer } from '../people/viewer.ts';
import { Server } from '../server.ts';
import { Site, type DemoSession } from '../site.ts';

const CAPTIONS = 'WEBVTT\n\n00:02.000 --> 00:08.000\nLes rizières de Niigata\n';

/** A recording in the hands of its organiser, and before the eyes of others: each test goes on where the one before it ended. */
describe.sequential('the recording of a session that is over', () => {
  const company = new Company();
  let server: Server;
  let session: DemoSession;
  let organiser: Page;

  beforeAll(async () => {
    server = await Server.start({ name: 'server-replay', configuration: 'sessions:\n  resumableFor: 8s\n' });
    session = await new Site(server.url).emptySession('fr', 'ja');
    const browser = await company.browser();
    const desk = await browser.newPage({ locale: 'en-GB' });
    await desk.goto(session.links['organiser']!);
    await desk.locator('[data-recording="recording"]').waitFor();
    await desk.locator('[data-action="end"]').click();
    await desk.locator('dialog .danger').click();
    organiser = await browser.newPage({ locale: 'en-GB' });
    organiser.setDefaultTimeout(60_000);
    await organiser.goto(session.links['organiser']!.replace('/desk/', '/replay/'));
    // Until its end can no longer be undone, the session is live.
    await organiser.locator('[data-published]').waitFor({ timeout: 120_000 });
  }, 200_000);
  afterAll(async () => {
    await company.leave();
    await server?.stop();
    expect(server?.complaints()).toEqual([]);
  });

  async function guest(): Promise<Viewer> {
    return Viewer.arrive(await company.browser(), `${server.url}/replay/${session.id}`);
  }

  test('plays, with the notice and no way to change anything, for whoever may listen', async () => {
    const viewer = await guest();
    await viewer.play();
    expect(await viewer.page.locator('[data-notice]').innerText()).toMatch(/Only the original speech is authentic/);
    expect(await viewer.page.locator('[data-edit]').count()).toBe(0);
    await viewer.page.keyboard.press('End');
    await viewer.page.keyboard.press('Home');
    await expect.poll(() => viewer.position()).toBeLessThan(5_000);
    await viewer.context.close();
  });

  test('is seen by nobody else once it is unpublished, and again when it is published', async () => {
    await organiser.locator('[data-action="unpublish"]').click();
    await organiser.locator('[data-published="false"]').waitFor();
    const viewer = await guest();
    await viewer.page.locator('[data-problem="/problems/not-published"]').waitFor();
    await viewer.context.close();
    await organiser.locator('[data-action="publish"]').click();
    await organiser.locator('[data-published="true"]').waitFor();
  });

  test('is trimmed by keyboard: others begin where the handle stands', async () => {
    const handle = organiser.locator('[data-handle="start"]');
    await handle.focus();
    for (let second = 0; second < 4; second++) await handle.press('ArrowRight');
    expect(await handle.getAttribute('aria-valuenow')).toBe('4');
    await organiser.locator('[data-action="trim-save"]').click();
    await expect.poll(() => organiser.locator('[data-action="trim-save"]').isDisabled()).toBe(true);
    const viewer = await guest();
    await viewer.play();
    // Segments are whole: what is shown begins within two seconds of the handle.
    expect(await viewer.position()).toBeGreaterThan(1_900);
    await viewer.context.close();
  });

  test('takes captions, tells what is wrong with them, and finds words in them', async () => {
    const field = organiser.locator('[data-captions="fr"] input[type="file"]');
    const file = (text: string) => ({ name: 'fr.vtt', mimeType: 'text/vtt', buffer: Buffer.from(text) });
    await field.setInputFiles(file(CAPTIONS.replace('00:08.000', '00:08,000')));
    await organiser.getByText(/Line 3: the times cannot be read/).waitFor();
    await field.setInputFiles(file(CAPTIONS));
    await organiser.locator('[data-captions="fr"]').getByText('there').waitFor();
    await organiser.getByRole('searchbox').fill('rizieres');
    await organiser.locator('[data-found="caption"]').click();
    await expect
      .poll(async () => Number(await organiser.locator('[data-position]').getAttribute('data-position')))
      .toBeGreaterThanOrEqual(1_900);
  });

  test('shows its captions over the picture at their time, and nothing at others', async () => {
    const viewer = await guest();
    const { page } = viewer;
    // A link to a moment: the fifth second of the recording, before trimming.
    await page.goto(`${server.url}/replay/${session.id}#t=5`);
    await page.reload();
    await page.locator('[data-position]').waitFor();
    const picture = page.locator('#player video');
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2);
    const bare = await picture.screenshot();
    await page.locator('[data-action="captions"]').selectOption('fr');
    await expect.poll(() => viewer.captions()).toEqual(['Les rizières de Niigata']);
    await expect.poll(async () => (await picture.screenshot()).equals(bare)).toBe(false);
    await page.locator('[data-action="captions"]').selectOption('');
    expect(await viewer.captions()).toEqual([]);
    await page.locator('[data-action="captions"]').selectOption('fr');
    const anchor = Number(await page.locator('[data-position]').getAttribute('data-anchor'));
    await picture.evaluate((video: HTMLVideoElement, at) => void (video.currentTime = at), (8_100 - anchor) / 1000);
    await expect.poll(() => viewer.captions()).toEqual([]);
    await viewer.context.close();
  });

  test('has the poster its organiser chose', async () => {
    await organiser.locator('[data-action="poster"]').click();
    await organiser.getByRole('button', { name: 'Taken' }).waitFor();
    const viewer = await guest();
    const poster = await viewer.page.locator('#player video').getAttribute('poster');
    expect(poster).toContain('poster.jpg');
    const width = await viewer.page.evaluate(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      return image.naturalWidth;
    }, poster!);
    expect(width).toBeGreaterThan(300);
    await viewer.context.close();
  });

  test('can be kept: one video with all languages, or the sound of one', async () => {
    const viewer = await guest();
    const kept = async (name: string): Promise<string[]> => {
      const coming = viewer.page.waitForEvent('download');
      await viewer.page.locator(`[data-download="${name}"]`).click();
      const download = await coming;
      const entries = ['-show_entries', 'stream=codec_type:stream_tags=language', '-of', 'compact=p=0'];
      return execFileSync('ffprobe', ['-v', 'error', ...entries, await download.path()], { encoding: 'utf8' }).trim().split('\n');
    };
    expect((await kept('mp4')).filter((line) => !line.includes('codec_type=data'))).toEqual([
      expect.stringContaining('codec_type=video'),
      expect.stringContaining('codec_type=audio'),
      expect.stringMatching(/codec_type=audio.*language=fra/),
      expect.stringMatching(/codec_type=audio.*language=jpn/),
    ]);
    expect(await kept('ja')).toEqual([expect.stringMatching(/codec_type=audio.*language=jpn/)]);
    await viewer.context.close();
  });

  test('is deleted after a question, and comes back when that is undone', async () => {
    await organiser.locator('[data-action="delete"]').click();
    await organiser.getByText(/disappear for everybody at once/).waitFor();
    await organiser.locator('dialog[open] .danger').click();
    await organiser.locator('[data-deleted]').waitFor();
    const viewer = await guest();
    await viewer.page.locator('[data-problem]').waitFor();
    await viewer.context.close();
    await organiser.locator('[data-action="restore"]').click();
    await organiser.locator('[data-edit]').waitFor();
    const again = await guest();
    await again.play();
    await again.context.close();
  });
});
