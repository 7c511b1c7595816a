import { describe } from './heard/verdict.ts';
import { writeWav, type Sound } from './heard/wav.ts';
import { outputs } from './outputs.ts';
import type { Hearer, Said } from './people/person.ts';
import { listener, type Voice } from './voices.ts';

const ear = listener();
/** Long enough for several overlapping seconds to be compared. */
const CAPTURE_S = 2.1;
/** A machine with other things to do takes long to open a page, connect it and fill its buffers: nothing is at stake but patience. */
const WITHIN_MS = 60_000;

/** What somebody should hear: these voices and no other, or silence where there are none. */
export interface Expected {
  readonly hears: readonly Voice[];
  /** What the page should say meanwhile, if it says anything. */
  readonly says?: Partial<Pick<Said, 'channel' | 'kind'>> & { readonly words?: RegExp };
}

/**
 * Listens with somebody until one whole capture holds exactly the voices expected while the page says so before and after it.
 * Fails with what was heard instead; the capture and a picture of the page are kept under `build/e2e`.
 */
export async function expectHears(hearer: Hearer, { hears, says = {} }: Expected): Promise<void> {
  const wanted = hears.toSorted().join(' + ') || 'silence';
  const deadline = Date.now() + WITHIN_MS;
  let report = '';
  let sound: Sound;
  do {
    const before = await hearer.says?.();
    sound = await hearer.hear(CAPTURE_S);
    const after = await hearer.says?.();
    const verdict = ear.listen(sound);
    const heard = verdict.silent ? 'silence' : verdict.heard.join(' + ');
    if (heard === wanted && verdict.fleeting.length === 0 && fits(before, says) && fits(after, says)) return;
    report = describe(verdict);
    if (after !== undefined) report += `; the page says "${after.words}" (channel ${after.channel}, ${after.kind})`;
  } while (Date.now() < deadline);
  const file = `${hearer.name}-should-hear-${wanted.replaceAll(/\W+/g, '-')}-${Date.now()}`;
  writeWav(outputs(`${file}.wav`), sound);
  await hearer.screenshot?.(`${file}.png`);
  const words = Object.entries(says).map(([key, value]) => `, ${key} ${String(value)}`);
  throw new Error(`${hearer.name} should hear ${wanted}${words.join('')} but hears ${report}; kept as build/e2e/${file}.*`);
}

function fits(said: Said | undefined, { channel, kind, words }: NonNullable<Expected['says']>): boolean {
  if (said === undefined) return true;
  return (
    (channel === undefined || said.channel === channel) &&
    (kind === undefined || said.kind === kind) &&
    (words === undefined || words.test(said.words))
  );
}
