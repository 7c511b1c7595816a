/**
 * Takes pictures of each page at each size, in each light and language, into `build/screenshots/`, and runs axe on each.
 *
 *     npm run screenshots                                  scenes with made-up sessions, from web/dist
 *     npm run screenshots -- --server http://localhost:8080   the demo of a running server
 *     npm run screenshots -- --only desk --sizes 360x740 --languages fr --themes light
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { preview } from 'vite';
import { demoShots } from './screens/demo.ts';
import { sceneShots } from './screens/sceneShots.ts';
import { withChromium } from './screens/browser.ts';
import { examine, type Finding, type Look, type Shot } from './screens/shots.ts';

const { values } = parseArgs({
  options: {
    server: { type: 'string' },
    only: { type: 'string', default: '' },
    sizes: { type: 'string', default: '360x740,1366x768,1920x1080' },
    languages: { type: 'string', default: 'fr,ja,en' },
    themes: { type: 'string', default: 'light,dark' },
    out: { type: 'string', default: resolve('../build/screenshots') },
  },
});

const looks: Look[] = values.sizes.split(',').flatMap((size) =>
  values.themes.split(',').flatMap((theme) =>
    values.languages.split(',').map((language) => {
      const [width = 0, height = 0] = size.split('x').map(Number);
      return { width, height, theme: theme === 'dark' ? 'dark' : 'light', language };
    }),
  ),
);

mkdirSync(values.out, { recursive: true });
const findings: Finding[] = [];
const scenes = values.server === undefined ? await preview({ preview: { port: 4179 } }) : null;
const base = values.server ?? scenes?.resolvedUrls?.local[0] ?? '';
await withChromium(async (context) => {
  const shots: Shot[] = values.server === undefined ? sceneShots() : await demoShots(base);
  for (const shot of shots.filter(({ name }) => name.includes(values.only))) {
    for (const look of looks) findings.push(...(await examine(context, base, shot, look, values.out)));
  }
});
await scenes?.close();

writeFileSync(resolve(values.out, 'findings.json'), JSON.stringify(findings, null, 2));
const summary = new Map<string, number>();
for (const { rule } of findings) summary.set(rule, (summary.get(rule) ?? 0) + 1);
for (const [rule, count] of summary) console.log(`${rule}: ${String(count)}`);
console.log(`${String(findings.length)} findings; pictures in ${values.out}`);
process.exitCode = findings.length === 0 ? 0 : 1;
