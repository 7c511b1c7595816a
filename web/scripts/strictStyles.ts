import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const SHEETS = resolve(import.meta.dirname, '../src/hls/shadowStyles.ts');
const FILES = /\/media-chrome\/dist\/.*\.js$/;
const BY_HTML =
  /this\.shadowRoot\.setHTMLUnsafe \? this\.shadowRoot\.setHTMLUnsafe\((\w+)\) : this\.shadowRoot\.innerHTML = \1;/g;
const BY_TEMPLATE = /this\.shadowRoot\.innerHTML = (this\.constructor\.getTemplateHTML\(\w*(?:, \w+)?\));/g;

/** Lets media-chrome's elements pass a Content-Security-Policy without inline styles; see `src/hls/shadowStyles.ts`. */
export function strictStyles(): Plugin {
  return {
    name: 'strict-styles',
    enforce: 'pre',
    // Bundled in advance, the files would not pass here.
    config: () => ({ optimizeDeps: { exclude: ['media-chrome'] } }),
    transform(code, id) {
      const [path = id] = id.split('?');
      if (!FILES.test(path)) return undefined;
      const strict = strictly(path, code);
      return strict === code ? undefined : { code: strict, map: null };
    },
  };
}

/** A module of media-chrome with its styles put into sheets. Throws where a new version does it in a way this does not know. */
export function strictly(path: string, code: string): string {
  if (path.endsWith('/element-utils.js')) return ownRules(path, code);
  const dressed = code
    .replace(BY_HTML, (_, html: string) => `dress(this.shadowRoot, ${html});`)
    .replace(BY_TEMPLATE, (_, html: string) => `dress(this.shadowRoot, ${html});`);
  if (/shadowRoot\.(?:innerHTML =|setHTMLUnsafe\()/.test(dressed)) throw unknown(path);
  return dressed === code ? code : `import { dress } from ${JSON.stringify(SHEETS)};\n${dressed}`;
}

function ownRules(path: string, code: string): string {
  const found = code.includes('function getCSSRule(') && code.includes('function insertCSSRule(');
  if (!found) throw unknown(path);
  const without = code
    .replace('function getCSSRule(', 'function unusedGetCSSRule(')
    .replace('function insertCSSRule(', 'function unusedInsertCSSRule(');
  return `import { findRule as getCSSRule, insertRule as insertCSSRule } from ${JSON.stringify(SHEETS)};\n${without}`;
}

function unknown(path: string): Error {
  return new Error(`${path} makes its styles in a way that scripts/strictStyles.ts does not know: a new version?`);
}
