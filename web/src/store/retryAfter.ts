/** Whatever a server says, nobody is kept away longer than this, ms. */
const LONGEST_MS = 120_000;
/** How much later than asked a crowd may come, as a share of the wait: who was refused together does not come back together. */
const SPREAD = 0.5;

/**
 * What `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date. A date is measured by the server's own `Date`, where it
 * tells that, since clocks differ.
 *
 * @param now ms since the epoch
 * @return ms, at most two minutes; null where nothing is asked, or nothing that can be read
 */
export function retryAfter(headers: Headers, now: number): number | null {
  const asked = headers.get('Retry-After')?.trim() ?? '';
  if (asked === '') return null;
  const bounded = (ms: number) => Math.min(LONGEST_MS, Math.max(0, ms));
  if (/^\d+$/.test(asked)) return bounded(Number(asked) * 1000);
  const until = /^[a-z]/i.test(asked) ? Date.parse(asked) : NaN;
  if (Number.isNaN(until)) return null;
  const there = Date.parse(headers.get('Date') ?? '');
  return bounded(until - (Number.isNaN(there) ? now : there));
}

/** Never before what was asked, and up to half as much again later. */
export function spread(ms: number, random: number): number {
  return Math.round(ms * (1 + SPREAD * random));
}
