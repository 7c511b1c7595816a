import { describe, expect, it } from 'vitest';
import { frenchSpaces } from '../scripts/compiledMessages';
import { initialLocale, translator } from '../src/i18n/locale';

describe('the language of the pages', () => {
  it('is the one chosen before', () => {
    expect(initialLocale('ja', ['fr-FR'])).toBe('ja');
  });
  it('else the first of the browser’s that we have', () => {
    expect(initialLocale(null, ['de-DE', 'fr-CA', 'en'])).toBe('fr');
  });
  it('else English', () => {
    expect(initialLocale('tlh', ['de'])).toBe('en');
  });
  it('puts messages into words', () => {
    expect(translator('fr')('app.name')).toBe('Kakehashi');
  });
});

describe('French spacing', () => {
  it('is narrow and unbreakable before high punctuation and inside guillemets', () => {
    expect(frenchSpaces('Prêt ? « Oui » : 14:00')).toBe('Prêt\u202f? «\u202fOui\u202f»\u202f: 14:00');
  });
});
