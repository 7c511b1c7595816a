/**
 * The channel to begin with: what was listened to before (a set of languages: the first that is there), else the reader's language, else
 * the original.
 */
export function firstChannel(remembered: string | null, locale: string, channels: readonly string[]): string {
  const wanted = [...(remembered ?? '').split('+'), locale, 'floor'];
  return wanted.find((channel) => channels.includes(channel)) ?? channels[0] ?? 'floor';
}
