import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'puppeteer-core';
import { openFirefox } from '../browser/firefox.ts';
import type { Sound } from '../heard/wav.ts';
import { longWavOf, VOICES, type Voice } from '../voices.ts';

/** Firefox on a page of somebody else's, which knows nothing of Kakehashi but WHIP and WHEP. */
export class FirefoxClient {
  readonly name = 'firefox';
  readonly #elsewhere: Server;
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(elsewhere: Server, browser: Browser, page: Page) {
    this.#elsewhere = elsewhere;
    this.#browser = browser;
    this.#page = page;
  }

  static async open(): Promise<FirefoxClient> {
    const elsewhere = createServer(({ url }, response) => {
      const voice = VOICES.find((name) => url === `/${name}.wav`);
      if (voice !== undefined) response.setHeader('Content-Type', 'audio/wav').end(readFileSync(longWavOf(voice)));
      else response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Somewhere else</title>');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, 'localhost', resolve));
    const browser = await openFirefox();
    const page = await browser.newPage();
    await page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`);
    await page.evaluate(stand);
    return new FirefoxClient(elsewhere, browser, page);
  }

  /** Resolves once connected. */
  publish(endpoint: string, token: string, voice: Voice): Promise<void> {
    return this.#page.evaluate((e, t, v) => window.stand.publish(e, t, v), endpoint, token, `/${voice}.wav`);
  }

  /** Sends a moving picture in three sizes at once; resolves once connected. */
  show(endpoint: string, token: string): Promise<void> {
    return this.#page.evaluate((e, t) => window.stand.show(e, t), endpoint, token);
  }

  /** By its RID, how many pictures of each size it has sent so far. */
  picturesSent(): Promise<Readonly<Record<string, number>>> {
    return this.#page.evaluate(() => window.stand.picturesSent());
  }

  /** Resolves once connected. */
  listen(endpoint: string, token: string): Promise<void> {
    return this.#page.evaluate((e, t) => window.stand.listen(e, t), endpoint, token);
  }

  /** Packets of sound it has sent so far, 50 a second. */
  packetsSent(): Promise<number> {
    return this.#page.evaluate(() => window.stand.packetsSent());
  }

  /** What it receives during the next so many seconds, as its recorder writes it. */
  async hear(seconds: number): Promise<Sound> {
    const ogg = Buffer.from(await this.#page.evaluate((s) => window.stand.record(s), seconds + 0.3), 'base64');
    const args = ['-v', 'error', '-i', 'pipe:0', '-ac', '1', '-ar', '48000', '-f', 's16le', 'pipe:1'];
    const pcm = execFileSync('ffmpeg', args, { input: ogg, maxBuffer: 1 << 26 });
    return { rate: 48_000, samples: Float32Array.from({ length: pcm.length / 2 }, (_, i) => pcm.readInt16LE(2 * i) / 32768) };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#elsewhere.close();
  }
}

interface Stand {
  publish(endpoint: string, token: string, voice: string): Promise<void>;
  show(endpoint: string, token: string): Promise<void>;
  picturesSent(): Promise<Record<string, number>>;
  listen(endpoint: string, token: string): Promise<void>;
  packetsSent(): Promise<number>;
  /** So many seconds of what is received: Ogg Opus in base64. */
  record(seconds: number): Promise<string>;
}

declare global {
  interface Window {
    stand: Stand;
  }
}

/** Runs in the page. Firefox has no Web Audio without a sound card, but media elements play, stream and are recorded. */
function stand(): void {
  let received: MediaStream | null = null;
  // Firefox lets the garbage collector take a connection that nothing refers to, and says goodbye for it (DTLS close_notify).
  const connections: RTCPeerConnection[] = [];

  async function meet(peer: RTCPeerConnection, endpoint: string, token: string): Promise<void> {
    const connected = new Promise<void>((resolve, reject) => {
      peer.onconnectionstatechange = () => {
        if (peer.connectionState === 'connected') resolve();
        if (peer.connectionState === 'failed') reject(new Error('ICE or DTLS failed'));
      };
    });
    connections.push(peer);
    await peer.setLocalDescription();
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${token}` },
      body: peer.localDescription!.sdp,
    });
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
    await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() });
    await connected;
  }

  window.stand = {
    async publish(endpoint, token, speech) {
      // Once only: Firefox ends the captured stream where the sound would start again.
      const voice = new Audio(speech);
      await voice.play();
      const streams = voice as HTMLMediaElement & { mozCaptureStream(): MediaStream };
      const [track] = streams.mozCaptureStream().getAudioTracks();
      const peer = new RTCPeerConnection();
      peer.addTransceiver(track!, { direction: 'sendonly' });
      await meet(peer, endpoint, token);
    },
    async show(endpoint, token) {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
      document.body.append(canvas);
      const pen = canvas.getContext('2d')!;
      let turn = 0;
      setInterval(() => {
        turn += 1;
        for (let x = 0; x < 16; x += 1) {
          pen.fillStyle = `hsl(${(turn * 7 + x * 40) % 360} 80% 50%)`;
          pen.fillRect(x * 80, (turn * 5 + x * 30) % 720, 80, 120);
        }
      }, 100);
      const [track] = canvas.captureStream(10).getVideoTracks();
      const peer = new RTCPeerConnection();
      peer.addTransceiver(track!, {
        direction: 'sendonly',
        sendEncodings: [
          { rid: 'l', scaleResolutionDownBy: 4, maxBitrate: 150_000 },
          { rid: 'm', scaleResolutionDownBy: 2, maxBitrate: 500_000 },
          { rid: 'h', scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
        ],
      });
      await meet(peer, endpoint, token);
    },
    async picturesSent() {
      const sent: Record<string, number> = {};
      for (const peer of connections) {
        (await peer.getStats()).forEach((report: RTCOutboundRtpStreamStats) => {
          if (report.type === 'outbound-rtp' && report.kind === 'video') sent[report.rid ?? ''] = report.framesSent ?? 0;
        });
      }
      return sent;
    },
    async listen(endpoint, token) {
      const peer = new RTCPeerConnection();
      peer.addTransceiver('audio', { direction: 'recvonly' });
      const element = new Audio();
      peer.ontrack = ({ track }) => {
        received = new MediaStream([track]);
        element.srcObject = received;
        void element.play();
      };
      await meet(peer, endpoint, token);
    },
    async packetsSent() {
      let packets = 0;
      for (const connection of connections) {
        const reports = await connection.getStats();
        reports.forEach((report: RTCOutboundRtpStreamStats) => {
          if (report.type === 'outbound-rtp') packets += report.packetsSent ?? 0;
        });
      }
      return packets;
    },
    async record(seconds) {
      if (received === null) throw new Error('nothing is received');
      const recorder = new MediaRecorder(received, { mimeType: 'audio/ogg;codecs=opus', audioBitsPerSecond: 96_000 });
      const parts: Blob[] = [];
      recorder.ondataavailable = ({ data }) => parts.push(data);
      const stopped = new Promise((resolve) => (recorder.onstop = resolve));
      recorder.start();
      setTimeout(() => recorder.stop(), seconds * 1000);
      await stopped;
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      let binary = '';
      for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
      return btoa(binary);
    },
  };
}
