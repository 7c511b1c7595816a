import type { Browser } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { describe } from '../heard/verdict.ts';
import { listener } from '../voices.ts';
import { openChromium } from './chromium.ts';
import { hear, listenIn, RECORDER } from './ear.ts';

const browsers: Browser[] = [];
afterAll(() => Promise.all(browsers.map((browser) => browser.close())));

const PAGE = {
  contentType: 'text/html',
  headers: { 'Content-Security-Policy': "default-src 'self'" },
  body: '<button>Play</button>',
};

test('the ear hears a voice through Opus between two connections of one page, as loud as it is played', async () => {
  const browser = await openChromium({ voice: 'aiko' });
  browsers.push(browser);
  const page = await browser.newPage({ bypassCSP: true });
  await page.route('https://loop.test/', (route) => route.fulfill({ ...PAGE }));
  await page.addInitScript(listenIn, RECORDER);
  await page.goto('https://loop.test/');
  await page.evaluate(async () => {
    const microphone = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
    here.onicecandidate = ({ candidate }) => void there.addIceCandidate(candidate ?? undefined);
    there.onicecandidate = ({ candidate }) => void here.addIceCandidate(candidate ?? undefined);
    const element = new Audio();
    Object.assign(window, { element });
    there.ontrack = ({ track }) => (element.srcObject = new MediaStream([track]));
    here.addTrack(microphone.getAudioTracks()[0]!);
    await here.setLocalDescription();
    await there.setRemoteDescription(here.localDescription!);
    await there.setLocalDescription();
    await here.setRemoteDescription(there.localDescription!);
    document.querySelector('button')!.onclick = () => void element.play();
  });

  const ear = listener();
  const before = ear.listen(await hear(page, 1.5));
  expect(before.silent, describe(before)).toBe(true);

  await page.getByRole('button').click();
  await expect.poll(async () => ear.listen(await hear(page, 2)).heard).toEqual(['aiko']);

  await page.evaluate(() => ((window as unknown as { element: HTMLMediaElement }).element.volume = 0));
  await expect.poll(async () => ear.listen(await hear(page, 1.5)).silent).toBe(true);
});
