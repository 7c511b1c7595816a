import { captureVoice, devices, release, type CaptureProblem } from '../media/capture';
import { recall, remember } from './memory';
import { tapping } from './tap.svelte';

/** The microphone of this page: which device, its track, its level, and why there is none. Make it with a component. */
export function voiceOf(cancelEcho: boolean) {
  let track = $state.raw<MediaStreamTrack | null>(null);
  let problem = $state<CaptureProblem | null>(null);
  let choices = $state.raw<readonly MediaDeviceInfo[]>([]);
  let echo = $state(cancelEcho);
  let stream: MediaStream | null = null;
  const tap = tapping(() => track);

  async function open(device: string | null): Promise<MediaStreamTrack | null> {
    const captured = await captureVoice({ device, cancelEcho: echo });
    problem = captured.problem;
    if (captured.stream === null) return null;
    release(stream);
    stream = captured.stream;
    track = stream.getAudioTracks()[0] ?? null;
    // Pulled out: fall back to whatever microphone the system offers now.
    track?.addEventListener('ended', () => void open(null));
    choices = await devices('audioinput');
    return track;
  }

  /** Lets go of the device, so that its lamp goes out. */
  function close(): void {
    release(stream);
    stream = null;
    track = null;
  }

  $effect(() => {
    const refresh = () => {
      void devices('audioinput').then((found) => (choices = found));
    };
    navigator.mediaDevices?.addEventListener('devicechange', refresh);
    return () => {
      navigator.mediaDevices?.removeEventListener('devicechange', refresh);
      close();
    };
  });

  return {
    get track() {
      return track;
    },
    get tap() {
      return tap.current;
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
    get cancelsEcho() {
      return echo;
    },
    close,
    open: () => open(recall('microphone')),
    choose(device: string) {
      remember('microphone', device);
      return open(device);
    },
    cancelEcho(wanted: boolean) {
      echo = wanted;
      return open(recall('microphone'));
    },
  };
}

export type Voice = ReturnType<typeof voiceOf>;
