import type { BufferAppendingData } from 'hls.js';
import type { Span } from './timing';

/** What hls.js puts into the element's audio buffer: how it is to be read, or a stretch of it (fMP4, as it came). */
export type Piece = { kind: 'init'; bytes: Uint8Array } | { kind: 'sound'; bytes: Uint8Array; span: Span };

/** Two stretches this close to each other are one, s. */
const NEXT_S = 0.005;
/** More than some minutes of speech: nothing to decode between a click and its being heard. */
const MOST_BYTES = 2_000_000;

/** Sound of the track `level` that is being put into the element; null where it is something else. */
export function pieceOf({ type, frag, part, data }: BufferAppendingData, level: number): Piece | null {
  if (type !== 'audio' || frag.type !== 'audio' || frag.level !== level) return null;
  if (frag.sn === 'initSegment') return { kind: 'init', bytes: data };
  const times = (part ?? frag).elementaryStreams.audio;
  return times ? { kind: 'sound', bytes: data, span: { start: times.startPTS, end: times.endPTS } } : null;
}

/** The pieces of one language from its first on, as one file that can be decoded by itself. */
export class Pieces {
  #init: Uint8Array | null = null;
  #sounds: Uint8Array[] = [];
  #size = 0;
  #span: Span | null = null;

  /** What is there of sound, on the media element's clock. */
  get span(): Span | null {
    return this.#init === null ? null : this.#span;
  }

  /** Takes what continues what is there; whether it did. */
  add(piece: Piece): boolean {
    if (piece.kind === 'init') {
      // Another one in the middle would be read otherwise than what came before it.
      if (this.#init !== null) return false;
      this.#init = piece.bytes;
      return true;
    }
    const { bytes, span } = piece;
    if (this.#size + bytes.byteLength > MOST_BYTES) return false;
    if (this.#span !== null && Math.abs(span.start - this.#span.end) > NEXT_S) return false;
    this.#sounds.push(bytes);
    this.#size += bytes.byteLength;
    this.#span = { start: this.#span?.start ?? span.start, end: span.end };
    return true;
  }

  /** Begins anew with a piece that continues nothing. */
  restart(piece: Piece): void {
    if (piece.kind === 'init') this.#init = null;
    this.#sounds = [];
    this.#size = 0;
    this.#span = null;
    this.add(piece);
  }

  file(): ArrayBuffer {
    const init = this.#init ?? new Uint8Array();
    const file = new Uint8Array(init.byteLength + this.#size);
    let at = 0;
    for (const bytes of [init, ...this.#sounds]) {
      file.set(bytes, at);
      at += bytes.byteLength;
    }
    return file.buffer;
  }
}
