import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { wavOf, type Voice } from '../voices.ts';

export interface ChromiumWishes {
  /** The voice its microphone gets, over and over; without one the microphone is silent. */
  readonly voice?: Voice;
  /** Or the WAV file it gets. */
  readonly microphone?: string;
  /** A camera too: a moving picture, five times a second. Without one the machine has more time for what is heard. */
  readonly camera?: boolean;
  /** How many pictures a second the camera takes. */
  readonly pace?: number;
  /** A program to run in Chromium's place, e.g. one that enters a network namespace first. */
  readonly launcher?: string;
}

/** One Chromium process: its fake microphone plays one voice to all of its pages. */
export function openChromium({ voice, microphone, camera = false, pace = 5, launcher }: ChromiumWishes = {}): Promise<Browser> {
  const speech = voice === undefined ? microphone : wavOf(voice);
  return chromium.launch({
    executablePath: launcher ?? chromiumPath(),
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      `--use-fake-device-for-media-stream=fps=${pace},device-count=${camera ? 1 : 0}`,
      ...(speech === undefined ? [] : [`--use-file-for-fake-audio-capture=${speech}`]),
      '--autoplay-policy=user-gesture-required',
      // Pages in the background must play on: the audience has other windows too.
      '--disable-renderer-backgrounding',
      '--disable-background-timer-throttling',
      '--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecks',
    ],
  });
}

/** $CHROMIUM, or where the distributions put it. */
export function chromiumPath(): string {
  const path = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (candidate) => candidate !== undefined && existsSync(candidate),
  );
  if (path === undefined) throw new Error('No Chromium found: install it, or set CHROMIUM to its program');
  return path;
}
