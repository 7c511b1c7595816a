import { describe, expect, it } from 'vitest';
import { chapterFile } from '../src/hls/captions';
import { readVtt } from '../src/hls/vtt';

const FILE = `WEBVTT - Plénière

NOTE who wrote it

1
00:01.000 --> 00:03.500 align:start
<v Martin>Bonjour &amp; bienvenue
à <i>tous</i>

01:00:04.000 --> 01:00:05.000
時間
`;

describe('WebVTT', () => {
  it('is read with notes, names, settings and marks', () => {
    expect(readVtt(FILE)).toEqual({
      problem: null,
      cues: [
        { startMs: 1000, endMs: 3500, text: 'Bonjour & bienvenue\nà tous' },
        { startMs: 3_604_000, endMs: 3_605_000, text: '時間' },
      ],
    });
    expect(readVtt(`\ufeff${FILE.replaceAll('\n', '\r\n')}`).cues).toHaveLength(2);
  });

  it('tells its author the first thing to mend, with its line', () => {
    expect(readVtt('1\n00:00:01,000 --> 00:00:02,000\nSRT').problem).toEqual({ code: 'no-header' });
    expect(readVtt('WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nx').problem).toEqual({ code: 'bad-time', line: 3 });
    expect(readVtt('WEBVTT\n\n00:61.000 --> 00:62.000\nx').problem).toEqual({ code: 'bad-time', line: 3 });
    expect(readVtt('WEBVTT\n\n00:05.000 --> 00:02.000\nx').problem).toEqual({ code: 'backwards', line: 3 });
    expect(readVtt('WEBVTT\n').problem).toEqual({ code: 'no-cues' });
  });

  it('is read whatever it holds: any text gives cues in order, with an end after their start', () => {
    let seed = 7;
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const pieces = [
      'WEBVTT',
      '\n',
      '\r\n',
      ' --> ',
      '00:01.000',
      '99:99:99.999',
      '<',
      '>',
      '&amp;',
      '\u0000',
      '日本',
      '-->',
      '\t',
      ':',
      '.',
    ];
    for (let run = 0; run < 500; run += 1) {
      const text = Array.from({ length: next(60) }, () => pieces[next(pieces.length)]).join('');
      const { cues } = readVtt(text);
      cues.forEach(({ startMs, endMs }, index) => {
        expect(endMs).toBeGreaterThan(startMs);
        expect(startMs).toBeGreaterThanOrEqual(cues[index - 1]?.startMs ?? 0);
      });
    }
  });

  it('carries chapters to the player, on the player’s time', () => {
    const anchor = { mediaS: 0, recordingMs: 5_000 };
    const file = chapterFile(
      [
        { startMs: 0, endMs: 4_000, name: 'trimmed away' },
        { startMs: 4_000, endMs: 3_667_250, name: 'a <b> & c' },
      ],
      anchor,
    );
    expect(file).not.toContain('trimmed');
    expect(file).toContain('00:00:00.000 --> 01:01:02.250\na &lt;b&gt; &amp; c\n');
    expect(readVtt(file).problem).toBeNull();
  });
});
