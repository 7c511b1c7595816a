/** Why a microphone, camera or screen could not be had; each has words that say what to do. */
export type CaptureProblem = 'denied' | 'none' | 'busy' | 'insecure' | 'failed' | 'lost';

export type Captured = { stream: MediaStream; problem: null } | { stream: null; problem: CaptureProblem };

/** The full voice, untouched: an interpreter wears a headset and knows how to speak. */
const UNTOUCHED = { echoCancellation: false, noiseSuppression: false, autoGainControl: false } as const;

export interface VoiceWishes {
  device: string | null;
  /** Loudspeakers in the room would come back into the microphone: cancel them. */
  cancelEcho: boolean;
}

export function captureVoice({ device, cancelEcho }: VoiceWishes): Promise<Captured> {
  const wishes = {
    ...UNTOUCHED,
    echoCancellation: cancelEcho,
    channelCount: { ideal: 1 },
    sampleRate: { ideal: 48_000 },
  };
  return captureNamed(device, (deviceId) => ({ audio: { ...wishes, ...deviceId } }));
}

export function captureCamera(device: string | null): Promise<Captured> {
  const wishes = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } };
  return captureNamed(device, (deviceId) => ({ video: { ...wishes, ...(deviceId ?? { facingMode: 'user' }) } }));
}

/** Asks for a screen or window; `denied` also when the person changed their mind. */
export async function captureScreen(): Promise<Captured> {
  if (!('mediaDevices' in navigator) || !('getDisplayMedia' in navigator.mediaDevices)) {
    return { stream: null, problem: 'insecure' };
  }
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: false });
    for (const track of stream.getVideoTracks()) track.contentHint = 'detail';
    return { stream, problem: null };
  } catch (error) {
    return { stream: null, problem: problemOf(error) };
  }
}

/** The devices of one kind; names are empty until the person has allowed one. */
export async function devices(kind: 'audioinput' | 'videoinput'): Promise<MediaDeviceInfo[]> {
  if (!('mediaDevices' in navigator)) return [];
  // A list that cannot be had is one choice less, no reason for not being heard.
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return all.filter((device) => device.kind === kind && device.deviceId !== '');
}

export function release(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/**
 * The named device; any, where it is not there. Named outright, for as a mere wish it may go unheeded: Chromium 156 gives the default one of
 * its fake devices, though the other is there.
 */
async function captureNamed(
  device: string | null,
  constraints: (deviceId: { deviceId: ConstrainDOMString } | null) => MediaStreamConstraints,
): Promise<Captured> {
  if (device !== null) {
    const captured = await capture(constraints({ deviceId: { exact: device } }));
    if (captured.problem !== 'none') return captured;
  }
  return capture(constraints(null));
}

async function capture(constraints: MediaStreamConstraints): Promise<Captured> {
  // Browsers hide the devices from pages that came over plain HTTP, localhost apart.
  if (!('mediaDevices' in navigator)) return { stream: null, problem: 'insecure' };
  try {
    return { stream: await navigator.mediaDevices.getUserMedia(constraints), problem: null };
  } catch (error) {
    return { stream: null, problem: problemOf(error) };
  }
}

export function problemOf(error: unknown): CaptureProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}
