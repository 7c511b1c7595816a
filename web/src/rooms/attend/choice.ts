/** What a listener asked for: one channel, or the set of languages they understand. */
export type Choice = { channel: string } | { understands: readonly string[] };

/** As kept between visits: `ja`, or `fr+ja` for a set. */
export function written(choice: Choice): string {
  return 'channel' in choice ? choice.channel : choice.understands.join('+');
}

/** The remembered choice, where this session still offers it. */
export function readChoice(text: string | null, languages: readonly string[]): Choice | null {
  if (text === null || text === '') return null;
  if (text === 'floor') return { channel: 'floor' };
  const tags = text.split('+').filter((tag) => languages.includes(tag));
  const [only] = tags;
  if (only === undefined) return null;
  return tags.length === 1 ? { channel: only } : { understands: tags };
}
