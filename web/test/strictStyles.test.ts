import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { strictly } from '../scripts/strictStyles';

const FOLDER = dirname(createRequire(import.meta.url).resolve('media-chrome/media-controller.js')).replace(
  /\/cjs$/,
  '',
);

describe('media-chrome’s styles', () => {
  it('are put into sheets in every module of the version that is used', () => {
    for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.js'))) {
      const strict = strictly(join(FOLDER, file), readFileSync(join(FOLDER, file), 'utf8'));
      expect(strict, file).not.toMatch(/shadowRoot\.(innerHTML =|setHTMLUnsafe\()/);
    }
    const rules = strictly(
      join(FOLDER, 'utils/element-utils.js'),
      readFileSync(join(FOLDER, 'utils/element-utils.js'), 'utf8'),
    );
    expect(rules).toContain('findRule as getCSSRule');
  });

  it('break the build where a new version makes them in another way', () => {
    expect(() => strictly('/x/media-chrome/dist/a.js', 'this.shadowRoot.innerHTML = html;')).toThrow(/new version/);
    expect(() => strictly('/x/utils/element-utils.js', 'function other() {}')).toThrow(/new version/);
  });
});
