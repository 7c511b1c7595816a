import { describe, expect, it } from 'vitest';
import { retryAfter, spread } from '../src/store/retryAfter';

const NOW = Date.parse('2026-11-22T11:00:00Z');
const asks = (headers: Record<string, string>) => retryAfter(new Headers(headers), NOW);

describe('what Retry-After asks for', () => {
  it.each([
    [{ 'Retry-After': '5' }, 5_000],
    [{ 'Retry-After': ' 0 ' }, 0],
    [{ 'Retry-After': '999999999999' }, 120_000],
    [{ 'Retry-After': 'Sun, 22 Nov 2026 11:00:30 GMT' }, 30_000],
    [{ 'Retry-After': 'Sun, 22 Nov 2026 10:00:00 GMT' }, 0],
    [{ 'Retry-After': 'Sun, 22 Nov 2026 12:00:30 GMT', Date: 'Sun, 22 Nov 2026 12:00:00 GMT' }, 30_000],
    [{ 'Retry-After': 'soon' }, null],
    [{ 'Retry-After': '-1' }, null],
    [{}, null],
  ])('of %j is %s ms', (headers, expected) => {
    expect(asks(headers as Record<string, string>)).toBe(expected);
  });

  it('is never undercut, and spread over half as much again', () => {
    expect([0, 0.5, 1].map((chance) => spread(10_000, chance))).toEqual([10_000, 12_500, 15_000]);
  });
});
