import { NOTHING_HELD } from '../media/device';
import { Microphone, type HeldVoice } from '../media/microphone';
import { realClock } from '../store/clock';
import { recall, remember } from './memory';
import { tapping } from './tap.svelte';

/** The microphone of this page: which device, its track, its level, and why there is none. Make it with a component. */
export function voiceOf(cancelEcho: boolean) {
  let held = $state.raw<HeldVoice>({ ...NOTHING_HELD, cancelsEcho: cancelEcho, missed: null });
  const microphone = new Microphone(cancelEcho, realClock, (now) => (held = now));
  // Through a derived one, so that the tap stays while anything but the track changes.
  const track = $derived(held.track);
  const tap = tapping(() => track);

  $effect(() => {
    const changed = () => void microphone.changed();
    navigator.mediaDevices?.addEventListener('devicechange', changed);
    return () => {
      navigator.mediaDevices?.removeEventListener('devicechange', changed);
      microphone.close();
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
    /** The name of the one that went away, while another stands in for it. */
    get missed() {
      return held.missed?.name ?? null;
    },
    get cancelsEcho() {
      return held.cancelsEcho;
    },
    close: () => {
      microphone.close();
    },
    open: () => microphone.open(recall('microphone')),
    choose(device: string) {
      remember('microphone', device);
      return microphone.open(device);
    },
    cancelEcho: (wanted: boolean) => microphone.open(recall('microphone'), wanted),
  };
}

export type Voice = ReturnType<typeof voiceOf>;
