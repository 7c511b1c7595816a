import type { Stage, StageSource } from '../src/protocol/messages';

/** happy-dom plays nothing, has no audio graph and no WebRTC: what the pages need of them. */
export function standInForMedia(): void {
  HTMLMediaElement.prototype.play = () => Promise.resolve();
  window.AudioContext = class {
    state = 'running';
    createMediaStreamSource = () => ({ connect: () => undefined, disconnect: () => undefined });
  } as unknown as typeof AudioContext;
  window.AnalyserNode = class {
    fftSize = 8;
    getFloatTimeDomainData = () => undefined;
  } as unknown as typeof AnalyserNode;
  window.RTCRtpReceiver = { getCapabilities: () => null } as unknown as typeof RTCRtpReceiver;
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { writable: true, configurable: true, value: null });
}

/** A stage with the speaker of this page on it, open and heard by 212 people. */
export function stageWith(more: Partial<StageSource>): Stage {
  const own: StageSource = {
    source: 's-1',
    person: 'p-me',
    name: 'Aiko',
    kind: 'speaker',
    language: 'fr',
    state: 'on',
    ready: false,
    microphone: 'open',
    camera: false,
    speaking: false,
    lost: false,
    file: null,
    ...more,
  };
  const tracks: Stage['tracks'] = { picture: null, slides: null, sign: null, cameras: [null, null, null, null] };
  const seen = { picture: { source: null, by: null }, slides: null, sign: null, tracks };
  return { type: 'stage', sources: [own], ...seen, listeners: 212, languages: 2 };
}
