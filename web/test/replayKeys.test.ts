import { describe, expect, it } from 'vitest';
import { nextChapter, nextRate } from '../src/rooms/replay/act';
import { firstChannel } from '../src/rooms/replay/firstChannel';
import { focusOf, keyAction, type Focus } from '../src/rooms/replay/keys';
import type { Chapter } from '../src/protocol/recordings';

const nowhere: Focus = { writes: false, presses: false, slides: false };

describe('the keys of the replay page', () => {
  it('do what the list says', () => {
    expect(keyAction(' ', nowhere, true)).toEqual({ do: 'toggle' });
    expect(keyAction('K', nowhere, true)).toEqual({ do: 'toggle' });
    expect(keyAction('ArrowLeft', nowhere, true)).toEqual({ do: 'by', ms: -5_000 });
    expect(keyAction('2', nowhere, true)).toEqual({ do: 'hear', index: 2 });
    expect(keyAction('?', nowhere, true)).toEqual({ do: 'keys' });
    expect(keyAction('x', nowhere, true)).toBeNull();
    expect(keyAction('Tab', nowhere, true)).toBeNull();
  });

  it('leave alone what has a use of its own for them', () => {
    expect(keyAction('k', { ...nowhere, writes: true }, true)).toBeNull();
    expect(keyAction(' ', { ...nowhere, presses: true }, true)).toBeNull();
    expect(keyAction('k', { ...nowhere, presses: true }, true)).toEqual({ do: 'toggle' });
    expect(keyAction('ArrowLeft', { ...nowhere, slides: true }, true)).toBeNull();
  });

  it('are only those without a letter where letters are switched off', () => {
    for (const key of ['k', '1', '?', '/', '>']) expect(keyAction(key, nowhere, false)).toBeNull();
    expect(keyAction('ArrowRight', nowhere, false)).toEqual({ do: 'by', ms: 5_000 });
  });

  it('know a field, a button and a slider by what has the focus', () => {
    document.body.innerHTML =
      '<input id="a"><input id="b" type="range"><button id="c"><i id="d"></i></button><textarea id="e">';
    const focus = (id: string) => focusOf(document.getElementById(id));
    expect(focus('a').writes).toBe(true);
    expect(focus('b')).toEqual({ writes: false, presses: true, slides: true });
    expect(focus('d')).toEqual({ writes: false, presses: true, slides: false });
    expect(focus('e').writes).toBe(true);
    expect(focusOf(null)).toEqual(nowhere);
  });

  it('step through speeds and chapters', () => {
    expect([nextRate(1, 1), nextRate(1, -1), nextRate(2, 1), nextRate(0.75, -1), nextRate(1.1, -1)]).toEqual([
      1.25, 0.75, 2, 0.75, 1,
    ]);
    const chapters = [{ startMs: 0 }, { startMs: 10_000 }, { startMs: 30_000 }] as Chapter[];
    expect(nextChapter(chapters, 15_000, 1)).toBe(30_000);
    expect(nextChapter(chapters, 15_000, -1)).toBe(10_000);
    expect(nextChapter(chapters, 10_500, -1)).toBe(0);
    expect(nextChapter(chapters, 31_000, 1)).toBeNull();
  });
});

describe('the first channel', () => {
  it('is what was heard before, else the reader’s language, else the original', () => {
    const channels = ['floor', 'fr', 'ja'];
    expect(firstChannel('ja', 'fr', channels)).toBe('ja');
    expect(firstChannel('en+ja', 'fr', channels)).toBe('ja');
    expect(firstChannel('ko', 'fr', channels)).toBe('fr');
    expect(firstChannel(null, 'en', channels)).toBe('floor');
    expect(firstChannel(null, 'en', ['de'])).toBe('de');
  });
});
