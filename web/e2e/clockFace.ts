import type { Page } from 'playwright-core';
import type { DemoSession } from './site.ts';

/** What a picture can be published as, by WHIP. */
export type Place = 'floor' | 'slides' | 'sign';

/**
 * A clock that a machine can read off a picture: 16 bars from left to right, white for a one, are the milliseconds since it was made. Pictures
 * of one clock, published as several tracks, show by how much they are apart wherever they are seen.
 */
export class ClockFace {
  readonly #page: Page;
  readonly #session: DemoSession;

  private constructor(page: Page, session: DemoSession) {
    this.#page = page;
    this.#session = session;
  }

  /** @param page of the server's own, so that it may ask it */
  static async draw(page: Page, session: DemoSession): Promise<ClockFace> {
    await page.evaluate(() => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [320, 180];
      const context = canvas.getContext('2d')!;
      const began = performance.now();
      setInterval(() => {
        const ms = Math.floor(performance.now() - began) & 0xffff;
        for (let bar = 0; bar < 16; bar += 1) {
          context.fillStyle = (ms >> (15 - bar)) & 1 ? '#fff' : '#000';
          context.fillRect(bar * 20, 0, 20, 180);
        }
      }, 50);
      Object.assign(window, { clockFace: canvas, published: {} });
    });
    return new ClockFace(page, session);
  }

  /** Sends the clock's picture to a place until it is taken away. */
  async publish(place: Place, token: string): Promise<void> {
    const url = `/whip/${this.#session.id}/${place}`;
    await this.#page.evaluate(
      async ({ place, url, token }) => {
        const { clockFace, published } = window as unknown as {
          clockFace: HTMLCanvasElement;
          published: Record<string, { peer: RTCPeerConnection; location: string; token: string }>;
        };
        const peer = new RTCPeerConnection();
        const line = peer.addTransceiver(clockFace.captureStream().getVideoTracks()[0]!, { direction: 'sendonly' });
        const h264 = RTCRtpReceiver.getCapabilities('video')!.codecs.filter(
          ({ mimeType, sdpFmtpLine = '' }) => /h264/i.test(mimeType) && sdpFmtpLine.includes('packetization-mode=1'),
        );
        line.setCodecPreferences(h264);
        await peer.setLocalDescription(await peer.createOffer());
        const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/sdp' };
        const answer = await fetch(url, { method: 'POST', headers, body: peer.localDescription!.sdp });
        if (!answer.ok) throw new Error(`${url}: ${String(answer.status)} ${await answer.text()}`);
        await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
        published[place] = { peer, location: answer.headers.get('Location')!, token };
      },
      { place, url, token },
    );
  }

  /** Ends what was published. */
  async takeAway(place: Place): Promise<void> {
    await this.#page.evaluate(async (name) => {
      const { published } = window as unknown as {
        published: Record<string, { peer: RTCPeerConnection; location: string; token: string }>;
      };
      const { peer, location, token } = published[name]!;
      await fetch(location, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } });
      peer.close();
    }, place);
  }
}

/** By how many ms the clocks on the pictures of a page are behind that on the first, at one moment; null for one that shows none. */
export async function behindTheFirst(page: Page, pictures: readonly string[]): Promise<(number | null)[]> {
  const read = await page.evaluate((selectors) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [320, 180];
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    return selectors.map((selector) => {
      const video = document.querySelector<HTMLVideoElement>(selector);
      if (video === null || video.readyState < 2) return null;
      context.drawImage(video, 0, 0, 320, 180);
      let ms = 0;
      for (let bar = 0; bar < 16; bar += 1) {
        const [luma = 0] = context.getImageData(bar * 20 + 10, 90, 1, 1).data;
        // A picture that is neither black nor white here is no clock's.
        if (luma > 96 && luma < 160) return null;
        ms = ms * 2 + (luma >= 160 ? 1 : 0);
      }
      // All black is no clock either.
      return ms === 0 ? null : ms;
    });
  }, pictures);
  const [first = null] = read;
  return read.map((ms) => (ms === null || first === null ? null : ((first - ms + 0x18000) & 0xffff) - 0x8000));
}
