/** Where two clocks that run at one pace stand: the moment of each that is heard now, s. */
export interface Heard {
  /** On the media element's clock. */
  media: number;
  /** On the audio graph's. */
  graph: number;
}

/** A stretch of sound on the media element's clock, s. */
export interface Span {
  start: number;
  end: number;
}

/** From where in a stretch of sound it is played, and when on the audio graph's clock, s. */
export interface Entry {
  when: number;
  offset: number;
}

/** With less than this left, a sound would be over before what follows it is there. s */
const WORTH_S = 0.06;
/** A sound that begins later than this is waited for. s */
const PATIENCE_S = 0.05;
/** What Chromium decodes ahead at first, which no script can take back; each time it runs dry it takes twice as much. ms */
const AHEAD_MS = 200;
const MOST_AHEAD_MS = 3_000;
/** What Firefox decodes ahead, always. ms */
const GECKO_AHEAD_MS = 2_000;
/** Until the element has the new sound decoded and ready, ms. */
const DECODING_MS = 250;

/** When, on the audio graph's clock, a moment of the media element's is heard. */
export function graphTime({ media, graph }: Heard, moment: number): number {
  return graph + moment - media;
}

/** Where a sound is entered so that it lies where the element's would, not before `soonest` on the graph's clock; null where that is of no use. */
export function entry(heard: Heard, soonest: number, span: Span): Entry | null {
  const start = graphTime(heard, span.start);
  const when = Math.max(start, soonest);
  const offset = when - start;
  if (when - soonest > PATIENCE_S || span.end - span.start - offset < WORTH_S) return null;
  return { when, offset };
}

/**
 * How long the element is kept silent after the new sound was put into it, until all that it had decoded of the old one is over. WebKit begins
 * with the new one at once.
 *
 * @param stalls how often it has run dry since it last sought
 */
export function holdMs(media: object, stalls: number): number {
  const ahead = 'mozHasAudio' in media ? GECKO_AHEAD_MS : Math.min(AHEAD_MS * 2 ** stalls, MOST_AHEAD_MS);
  return ahead + DECODING_MS;
}
