import { captureCamera } from '../media/capture';
import { Device, NOTHING_HELD, type Held } from '../media/device';
import { recall, remember } from './memory';

/** The camera of this page: which device, its track, and why there is none. Make it with a component. */
export function cameraOf() {
  let held = $state.raw<Held>(NOTHING_HELD);
  const camera = new Device('videoinput', (now) => (held = now));
  const track = $derived(held.track);
  const open = (device: string | null) => camera.open(() => captureCamera(device));

  $effect(() => {
    const look = () => void camera.look();
    navigator.mediaDevices?.addEventListener('devicechange', look);
    return () => {
      navigator.mediaDevices?.removeEventListener('devicechange', look);
      camera.close();
    };
  });

  return {
    get track() {
      return track;
    },
    get problem() {
      return held.problem;
    },
    /** Whether it is waited for. */
    get opening() {
      return held.opening;
    },
    get choices() {
      return held.choices;
    },
    get device() {
      return track?.getSettings().deviceId ?? '';
    },
    open: () => open(recall('camera')),
    close: () => {
      camera.close();
    },
    choose(device: string) {
      remember('camera', device);
      return open(device);
    },
  };
}

export type Camera = ReturnType<typeof cameraOf>;
