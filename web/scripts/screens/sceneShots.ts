import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, WebSocketRoute } from 'playwright-core';
import { makeRecording, STARTED_AT } from './recordingFiles.ts';
import { CAPTIONS } from './recordings.ts';
import { SCENES, type Scene } from './scenes.ts';
import type { Shot } from './shots.ts';

const STAND_IN = fileURLToPath(new URL('./standIn.js', import.meta.url));

/** The scenes as shots: the session socket is answered from the scene, the media by a peer in the page. */
export function sceneShots(): Shot[] {
  return SCENES.map((scene) => ({
    name: scene.name,
    path: scene.page === 'programme' ? '/' : `/${scene.page}/plenary${scene.page === 'replay' ? '' : '#token=t'}`,
    clicks: scene.clicks,
    settle: scene.plays === undefined ? 900 : 2500,
    shows: scene.shows,
    prepare: async (page) => {
      await page.addInitScript({ path: STAND_IN });
      if (scene.listens !== undefined) {
        await page.addInitScript((tag) => {
          localStorage.setItem('kakehashi.listen', tag);
        }, scene.listens);
      }
      if (scene.full === true) {
        await page.addInitScript(() => {
          Object.assign(window, { standInIsFull: true });
        });
      }
      for (const [path, body] of Object.entries(scene.rest ?? {})) {
        await page.route(`**${path}`, (route) => route.fulfill({ json: body }));
      }
      if (scene.page === 'replay' || scene.plays !== undefined) await playing(page, scene);
      let calls = 0;
      await page.routeWebSocket('**/ws/**', (socket) => {
        calls += 1;
        answer(socket, scene, calls);
      });
    },
  }));
}

function answer(socket: WebSocketRoute, scene: Scene, call: number): void {
  if (scene.breaks === true && call > 1) {
    void socket.close({ code: 1011 });
    return;
  }
  socket.onMessage((frame) => {
    const { type, ref } = JSON.parse(String(frame)) as { type: string; ref?: string };
    if (type !== 'hello') {
      socket.send(JSON.stringify({ type: 'done', ref }));
      return;
    }
    const connection = scene.page === 'booth' ? 'whip-1' : 'whep-1';
    for (const message of scene.says) socket.send(JSON.stringify(message).replaceAll('{c}', connection));
    if (scene.breaks === true) setTimeout(() => void socket.close({ code: 1001 }), 300);
  });
}

const SEGMENT_MS = 2_000;
let recording: string | null = null;

/** Answers under /hls/ from files that FFmpeg made; the requests that set cookies with nothing. */
async function playing(page: Page, { plays, rest }: Scene): Promise<void> {
  const begun = new Date(Date.now() - 26_000).toISOString();
  await page.route('**/api/hls-*', (route) => route.fulfill({ status: 204 }));
  await page.route('**/api/recordings/**', async (route) => {
    const body = rest?.['/api/recordings/plenary'];
    if (body !== undefined) await route.fulfill({ json: plays === 'live' ? { ...body, startedAt: begun } : body });
    else await route.fulfill({ status: 403, json: { type: '/problems/not-published', title: '', status: 403 } });
  });
  await page.route('**/hls/**', async (route) => {
    const path = new URL(route.request().url()).pathname.replace('/hls/plenary/', '');
    const language = /^captions\/(\w+)\.vtt$/.exec(path)?.[1];
    if (language !== undefined) {
      await route.fulfill({ contentType: 'text/vtt', body: CAPTIONS[language] ?? 'WEBVTT\n' });
      return;
    }
    recording ??= makeRecording();
    const file = readFileSync(join(recording, path));
    if (!path.endsWith('.m3u8')) {
      await route.fulfill({ contentType: 'video/mp4', body: file });
      return;
    }
    const text = file.toString();
    const body = plays === 'live' ? live(text, begun) : text;
    await route.fulfill({ contentType: 'application/vnd.apple.mpegurl', body });
  });
}

/** A playlist as it is while the session goes on: what has been recorded by now. */
function live(playlist: string, begun: string): string {
  const ready = Math.floor((Date.now() - Date.parse(begun)) / SEGMENT_MS);
  const lines = playlist.split('\n');
  const end = lines.findIndex((line) => line === `${String(ready)}.m4s`);
  const grown = lines.slice(0, end < 0 ? lines.length : end - 1).join('\n');
  return `${grown}\n`.replace('#EXT-X-ENDLIST\n', '').replace('TYPE:VOD', 'TYPE:EVENT').replace(STARTED_AT, begun);
}
