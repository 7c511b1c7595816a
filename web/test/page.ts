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
