/** One moment on both clocks: the media element's (seconds) and the recording's (ms since its first second). They run at one pace. */
export interface Anchor {
  mediaS: number;
  recordingMs: number;
}

export function toRecording({ mediaS, recordingMs }: Anchor, seconds: number): number {
  return recordingMs + (seconds - mediaS) * 1000;
}

export function toMedia({ mediaS, recordingMs }: Anchor, ms: number): number {
  return mediaS + (ms - recordingMs) / 1000;
}

/** The part of a playlist's entry that says where it lies: start on the media clock (s), EXT-X-PROGRAM-DATE-TIME (ms since the epoch). */
export interface Dated {
  start: number;
  programDateTime: number | null;
}

/** Where a playlist lies on the recording: by its first dated entry; null where it has none. */
export function anchorOf(entries: readonly Dated[], startedAt: number): Anchor | null {
  const dated = entries.find(({ programDateTime }) => programDateTime !== null);
  if (dated === undefined || dated.programDateTime === null) return null;
  return { mediaS: dated.start, recordingMs: dated.programDateTime - startedAt };
}
