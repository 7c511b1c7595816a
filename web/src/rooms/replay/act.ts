import { RATES, type Playback } from '../../hls/playback';
import type { Chapter } from '../../protocol/recordings';
import type { KeyAction } from './keys';
import { oneRow } from './chapterName';

/** What the keys reach beyond the player. */
export interface Reach {
  chapters: readonly Chapter[];
  /** The choices of captions, the first of which is none. */
  captions: readonly string[];
  captioned: string;
  fromMs: number;
  hear(channel: string): void;
  caption(language: string): void;
  swap(): void;
  search(): void;
  keys(): void;
  fullscreen(): void;
}

/** Back within this of a chapter's start goes to the one before it, ms. */
const JUST_BEGUN_MS = 2_000;

/** Does what a key stands for. */
export function act(action: KeyAction, playback: Playback, reach: Reach): void {
  const { state } = playback.store;
  switch (action.do) {
    case 'toggle':
      playback.toggle();
      break;
    case 'by':
      playback.by(action.ms);
      break;
    case 'beginning':
      playback.seek(reach.fromMs);
      break;
    case 'end':
      playback.seek(state.endMs);
      break;
    case 'volume':
      playback.volume = state.volume + action.by;
      break;
    case 'mute':
      playback.muted = !state.muted;
      break;
    case 'faster':
      playback.quicken(nextRate(state.rate, action.by));
      break;
    case 'hear': {
      const channel = state.channels[action.index];
      if (channel !== undefined) reach.hear(channel);
      break;
    }
    case 'chapter': {
      const start = nextChapter(oneRow(reach.chapters), state.positionMs, action.by);
      if (start !== null) playback.seek(start);
      break;
    }
    case 'captions': {
      const { captions, captioned } = reach;
      reach.caption(captions[(captions.indexOf(captioned) + 1) % captions.length] ?? '');
      break;
    }
    case 'swap':
    case 'search':
    case 'keys':
    case 'fullscreen':
      reach[action.do]();
  }
}

export function nextRate(rate: number, by: 1 | -1): number {
  return (by > 0 ? RATES.find((one) => one > rate + 0.01) : RATES.findLast((one) => one < rate - 0.01)) ?? rate;
}

export function nextChapter(chapters: readonly Chapter[], ms: number, by: 1 | -1): number | null {
  const starts = chapters.map(({ startMs }) => startMs).sort((a, b) => a - b);
  const next = by > 0 ? starts.find((start) => start > ms) : starts.findLast((start) => start < ms - JUST_BEGUN_MS);
  return next ?? null;
}
