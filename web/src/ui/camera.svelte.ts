import { captureCamera, devices, release, type CaptureProblem } from '../media/capture';
import { recall, remember } from './memory';

/** The camera of this page: which device, its track, and why there is none. Make it with a component. */
export function cameraOf() {
  let track = $state.raw<MediaStreamTrack | null>(null);
  let problem = $state<CaptureProblem | null>(null);
  let choices = $state.raw<readonly MediaDeviceInfo[]>([]);
  let stream: MediaStream | null = null;

  async function open(device: string | null): Promise<MediaStreamTrack | null> {
    const captured = await captureCamera(device);
    problem = captured.problem;
    if (captured.stream === null) return null;
    release(stream);
    stream = captured.stream;
    track = stream.getVideoTracks()[0] ?? null;
    track?.addEventListener('ended', close);
    choices = await devices('videoinput');
    return track;
  }

  /** Lets go of the device, so that its lamp goes out. */
  function close(): void {
    release(stream);
    stream = null;
    track = null;
  }

  $effect(() => close);

  return {
    get track() {
      return track;
    },
    get problem() {
      return problem;
    },
    get choices() {
      return choices;
    },
    get device() {
      return track?.getSettings().deviceId ?? '';
    },
    open: () => open(recall('camera')),
    close,
    choose(device: string) {
      remember('camera', device);
      return open(device);
    },
  };
}

export type Camera = ReturnType<typeof cameraOf>;
