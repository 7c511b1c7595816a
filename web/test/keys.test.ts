import { describe, expect, it } from 'vitest';
import { incomingKey, keyAction, type Press } from '../src/rooms/booth/keys';

const LANGUAGES = ['fr', 'ja', 'en'];
const press = (key: string, more: Partial<Press> = {}): Press => ({
  type: 'keydown',
  key,
  code: key === ' ' ? 'Space' : '',
  repeat: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  target: document.body,
  ...more,
});
const action = (key: string, more?: Partial<Press>) => keyAction(press(key, more), LANGUAGES);

describe('the keys of the console', () => {
  it.each([
    [' ', { do: 'microphone' }],
    ['c', { do: 'cough', held: true }],
    ['C', { do: 'cough', held: true }],
    ['a', { do: 'outgoing', side: 'a' }],
    ['b', { do: 'outgoing', side: 'b' }],
    ['0', { do: 'incoming', choice: 'floor' }],
    ['9', { do: 'incoming', choice: 'auto' }],
    ['2', { do: 'incoming', choice: 'ja' }],
    ['t', { do: 'take' }],
  ])('reads %j', (key, expected) => {
    expect(action(key)).toEqual(expected);
  });

  it('knows no fourth channel where there are three', () => {
    expect(action('4')).toBeNull();
  });

  it('ignores repeats, shortcuts and whoever types', () => {
    expect(action(' ', { repeat: true })).toBeNull();
    expect(action('c', { ctrlKey: true })).toBeNull();
    expect(action('a', { target: document.createElement('textarea') })).toBeNull();
    expect(action('a', { target: document.createElement('select') })).toBeNull();
  });

  it('works while a slider has the focus', () => {
    const slider = document.createElement('input');
    slider.type = 'range';
    expect(action(' ', { target: slider })).toEqual({ do: 'microphone' });
  });

  it('lets go of the cough wherever the focus has gone', () => {
    const release = { type: 'keyup', target: document.createElement('textarea') };
    expect(action('c', release)).toEqual({ do: 'cough', held: false });
  });

  it('prints a key on the first five channels only', () => {
    const many = ['fr', 'ja', 'en', 'de', 'es', 'it'];
    expect(many.map((tag) => incomingKey(tag, many))).toEqual(['1', '2', '3', '4', '5', '']);
  });
});
