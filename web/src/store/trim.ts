import type { Span } from './recorded';

/** Nothing shorter is left of a recording, ms. */
export const SHORTEST_MS = 1_000;

export type Handle = 'start' | 'end';

/** The trim after a handle was put somewhere; the other stays, and is never crossed. */
export function moved(trim: Span, handle: Handle, ms: number, durationMs: number): Span {
  const at = Math.round(ms);
  if (handle === 'start') return { ...trim, startMs: Math.max(0, Math.min(at, trim.endMs - SHORTEST_MS)) };
  return { ...trim, endMs: Math.min(durationMs, Math.max(at, trim.startMs + SHORTEST_MS)) };
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1_000,
  ArrowDown: -1_000,
  ArrowRight: 1_000,
  ArrowUp: 1_000,
  PageDown: -60_000,
  PageUp: 60_000,
};
const FINE = 0.1;

/** Where a key puts a handle: arrows a second, with Shift a tenth, Page keys a minute, Home and End the ends; null for another key. */
export function stepped(trim: Span, handle: Handle, key: string, shift: boolean, durationMs: number): Span | null {
  if (key === 'Home') return moved(trim, handle, 0, durationMs);
  if (key === 'End') return moved(trim, handle, durationMs, durationMs);
  const step = STEPS[key];
  if (step === undefined) return null;
  const from = handle === 'start' ? trim.startMs : trim.endMs;
  return moved(trim, handle, from + step * (shift ? FINE : 1), durationMs);
}

/** What is sent: nothing trimmed is `null`. */
export function asSent({ startMs, endMs }: Span, durationMs: number): Span | null {
  return startMs <= 0 && endMs >= durationMs ? null : { startMs, endMs };
}
