import { existsSync, readFileSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';
import { opusOf, type Voice } from '../voices.ts';

/** One Firefox, driven by WebDriver BiDi; it asks nobody before it uses microphone and camera. */
export function openFirefox(): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: firefoxPath(),
    headless: true,
    extraPrefsFirefox: {
      'media.navigator.permission.disabled': true,
      'media.navigator.streams.fake': true,
      'media.autoplay.default': 0,
      'intl.accept_languages': 'en-GB, en',
      // Addresses of this machine instead of mDNS names, which nobody answers for here.
      'media.peerconnection.ice.obfuscate_host_addresses': false,
    },
  });
}

/** $FIREFOX, or where the distributions put it. */
export function firefoxPath(): string {
  const path = [process.env['FIREFOX'], '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
    (candidate) => candidate !== undefined && existsSync(candidate),
  );
  if (path === undefined) throw new Error('No Firefox found: install it, or set FIREFOX to its program');
  return path;
}

/** For `speakWith`: the voice as it is in the repository. */
export function opusInBase64(voice: Voice): string {
  return readFileSync(opusOf(voice)).toString('base64');
}

/** Runs in the page before its own scripts: Firefox's fake microphone only hums, so this one speaks instead. */
export function speakWith(opus: string): void {
  const devices = navigator.mediaDevices;
  const real = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await real(constraints);
    const [hum] = stream.getAudioTracks();
    if (hum === undefined) return stream;
    const context = new AudioContext();
    const bytes = Uint8Array.from(atob(opus), (c) => c.charCodeAt(0));
    const source = new AudioBufferSourceNode(context, { buffer: await context.decodeAudioData(bytes.buffer), loop: true });
    const microphone = context.createMediaStreamDestination();
    source.connect(microphone);
    source.start();
    hum.stop();
    return new MediaStream([...microphone.stream.getAudioTracks(), ...stream.getVideoTracks()]);
  };
}
