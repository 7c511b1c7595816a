/** A measured quantity, in ms. */
export interface Summary {
  readonly what: string;
  readonly count: number;
  readonly median: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function summarise(what: string, values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN);
  return { what, count: sorted.length, median: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** The table for people. */
export function table(summaries: readonly Summary[]): string {
  const head = `${'ms'.padEnd(44)}${['n', 'median', 'p90', 'p95', 'p99', 'max'].map((c) => c.padStart(9)).join('')}`;
  const rows = summaries.map(({ what, count, median, p90, p95, p99, max }) => {
    const figures = [count, median, p90, p95, p99, max].map((n) => String(n).padStart(9));
    return `${what.padEnd(44)}${figures.join('')}`;
  });
  return [head, ...rows].join('\n');
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
