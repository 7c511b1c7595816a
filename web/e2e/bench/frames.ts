/** When each Opus frame reached the page, and how large it was. */
export interface Arrival {
  /** Milliseconds since the page was opened, as `performance.now()`. */
  readonly at: number;
  readonly bytes: number;
}

declare global {
  interface Window {
    arrivals: Arrival[];
    /** When somebody last clicked, as `performance.now()`. */
    clickedAt: number;
  }
}

const WORKER = `onrtctransform = ({ transformer: { readable, writable } }) => readable.pipeThrough(new TransformStream({
  transform(frame, controller) {
    postMessage({ at: performance.timeOrigin + performance.now(), bytes: frame.data.byteLength });
    controller.enqueue(frame);
  },
})).pipeTo(writable)`;

/** For `watchFrames`. */
export const FRAME_WORKER = WORKER;

/** Runs in the page before its own scripts: notes the frames of the first sound each connection offers to receive, and the clicks. */
export function watchFrames(source: string): void {
  window.arrivals = [];
  addEventListener('pointerdown', ({ timeStamp }) => (window.clickedAt = timeStamp), { capture: true });
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const Real = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    #watched = false;

    // Not when the track arrives: Chromium then hands the transform no frame at all.
    override addTransceiver(media: MediaStreamTrack | string, init?: RTCRtpTransceiverInit): RTCRtpTransceiver {
      const transceiver = super.addTransceiver(media, init);
      if (!this.#watched && media === 'audio') {
        this.#watched = true;
        watch(transceiver.receiver);
      }
      return transceiver;
    }
  };

  function watch(receiver: RTCRtpReceiver): void {
    const worker = new Worker(url);
    worker.onmessage = ({ data }: MessageEvent<Arrival>) => {
      window.arrivals.push({ at: data.at - performance.timeOrigin, bytes: data.bytes });
    };
    receiver.transform = new RTCRtpScriptTransform(worker);
  }
}
