/** One caption: from, until (ms since the recording's first second), and its words. */
export interface Cue {
  startMs: number;
  endMs: number;
  text: string;
}

const TIMES = /^((?:\d{2,}:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+((?:\d{2,}:)?\d{2}:\d{2}\.\d{3})(?:[ \t]|$)/;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': '\u00a0',
  '&lrm;': '',
  '&rlm;': '',
};

/** Why a file is not WebVTT; `line` counts from 1. */
export type VttProblem = { code: 'no-header' } | { code: 'bad-time' | 'backwards'; line: number } | { code: 'no-cues' };

export interface Captions {
  cues: Cue[];
  problem: VttProblem | null;
}

/**
 * Reads a WebVTT file as browsers do, leniently: what is not a cue is skipped. `problem` is the first thing its author should mend.
 */
export function readVtt(text: string): Captions {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const first = lines[0] ?? '';
  let problem: VttProblem | null = /^WEBVTT([ \t]|$)/.test(first) ? null : { code: 'no-header' };
  const cues: Cue[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (!line.includes('-->')) continue;
    const times = TIMES.exec(line.trim());
    const startMs = timeOf(times?.[1]);
    const endMs = timeOf(times?.[2]);
    if (startMs === null || endMs === null) {
      problem ??= { code: 'bad-time', line: at + 1 };
      continue;
    }
    if (endMs <= startMs) {
      problem ??= { code: 'backwards', line: at + 1 };
      continue;
    }
    const words: string[] = [];
    while (at + 1 < lines.length && lines[at + 1] !== '' && lines[at + 1]?.includes('-->') !== true) {
      at += 1;
      words.push(lines[at] ?? '');
    }
    const said = plain(words.join('\n'));
    if (said !== '') cues.push({ startMs, endMs, text: said });
  }
  if (problem === null && cues.length === 0) problem = { code: 'no-cues' };
  return { cues: cues.sort((a, b) => a.startMs - b.startMs), problem };
}

function timeOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const [seconds = '', minutes = '', hours = '0'] = text.split(':').reverse();
  if (Number(minutes) > 59 || Number(seconds) >= 60) return null;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}

/** Without marks such as `<v Martin>` and `<i>`. */
function plain(text: string): string {
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (entity) => ENTITIES[entity] ?? entity)
    .trim();
}
