/** What an interpreter's or speaker's Opus is asked to be. */
export interface OpusWishes {
  /** Bits per second, 64,000 or more for the full band. */
  bitrate: number;
}

/**
 * Asks our own encoder, through the answer's `fmtp` (RFC 7587 section 6.1: parameters say what the receiver prefers),
 * for full-band mono Opus at a given rate with in-band FEC and without gaps in transmission.
 */
export function preferOpus(answer: string, { bitrate }: OpusWishes): string {
  const lines = linesOf(answer);
  const payload = /^a=rtpmap:(\d+) opus\/48000/i.exec(lines.find((line) => RTPMAP_OPUS.test(line)) ?? '')?.[1];
  if (payload === undefined) return answer;
  const name = `a=fmtp:${payload} `;
  const present = lines.find((line) => line.startsWith(name));
  const parameters = new Map(
    (present?.slice(name.length).split(';') ?? []).map((parameter): [string, string] => {
      const [key = '', value = ''] = parameter.trim().split('=');
      return [key, value];
    }),
  );
  parameters.set('useinbandfec', '1');
  parameters.set('maxaveragebitrate', String(bitrate));
  parameters.set('maxplaybackrate', '48000');
  parameters.set('usedtx', '0');
  parameters.set('stereo', '0');
  const fmtp = name + [...parameters].map(([key, value]) => (value === '' ? key : `${key}=${value}`)).join(';');
  return joined(
    lines.flatMap((line) => {
      if (line === present) return [fmtp];
      return present === undefined && RTPMAP_OPUS.test(line) ? [line, fmtp] : [line];
    }),
  );
}

/** The part of an offer that a PATCH carries to restart ICE (RFC 8840, RFC 9725 section 4.3.3). */
export function iceFragment(offer: string): string {
  const lines = linesOf(offer);
  const wanted = ['a=group:BUNDLE', 'a=ice-ufrag:', 'a=ice-pwd:', 'm=', 'a=mid:'];
  const found = wanted.map((start) => lines.find((line) => line.startsWith(start)));
  return joined([...found.filter((line) => line !== undefined), '']);
}

/** The earlier answer with the credentials and candidates of an ICE restart's fragment. */
export function withIce(answer: string, fragment: string): string {
  const news = linesOf(fragment);
  const ufrag = news.find((line) => line.startsWith('a=ice-ufrag:'));
  const pwd = news.find((line) => line.startsWith('a=ice-pwd:'));
  if (ufrag === undefined || pwd === undefined) return answer;
  const candidates = news.filter((line) => line.startsWith('a=candidate:'));
  let placed = false;
  return joined(
    linesOf(answer).flatMap((line) => {
      if (line.startsWith('a=ice-ufrag:')) return [ufrag];
      if (line.startsWith('a=candidate:')) return candidates.length > 0 ? [] : [line];
      if (!line.startsWith('a=ice-pwd:')) return [line];
      const here = placed ? [] : candidates;
      placed = true;
      return [pwd, ...here];
    }),
  );
}

const RTPMAP_OPUS = /^a=rtpmap:\d+ opus\/48000/i;

function linesOf(sdp: string): string[] {
  return sdp.split(/\r?\n/);
}

function joined(lines: readonly string[]): string {
  return lines.join('\r\n');
}
