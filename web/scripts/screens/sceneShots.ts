import { fileURLToPath } from 'node:url';
import type { WebSocketRoute } from 'playwright-core';
import { SCENES, type Scene } from './scenes.ts';
import type { Shot } from './shots.ts';

const STAND_IN = fileURLToPath(new URL('./standIn.js', import.meta.url));

/** The scenes as shots: the session socket is answered from the scene, the media by a peer in the page. */
export function sceneShots(): Shot[] {
  return SCENES.map((scene) => ({
    name: scene.name,
    path: scene.page === 'programme' ? '/' : `/${scene.page}/plenary#token=t`,
    clicks: scene.clicks,
    settle: 900,
    prepare: async (page) => {
      await page.addInitScript({ path: STAND_IN });
      if (scene.listens !== undefined) {
        await page.addInitScript((tag) => {
          localStorage.setItem('kakehashi.listen', tag);
        }, scene.listens);
      }
      for (const [path, body] of Object.entries(scene.rest ?? {})) {
        await page.route(`**${path}`, (route) => route.fulfill({ json: body }));
      }
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
