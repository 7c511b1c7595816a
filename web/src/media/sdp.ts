/** What an interpreter's or speaker's Opus is asked to be. */
export interface OpusWishes {
  /** Bits per second, 64,000 or more for the full band. */
  bitrate: number;
}

/**
 * Asks our own encoder, through the answer's `fmtp` (RFC 7587 section 6.1: parameters say what the receiver prefers), for full-band
 * mono Opus at a given rate with in-band FEC and without gaps in transmission.
 */
export function preferOpus(answer: string, { bitrate }: OpusWishes): string {
  const payload = /^a=rtpmap:(\d+) opus\/48000/im.exec(answer)?.[1];
  if (payload === undefined) return answer;
  const wishes = new Map([
    ['maxaveragebitrate', String(bitrate)],
    ['maxplaybackrate', '48000'],
    ['useinbandfec', '1'],
    ['usedtx', '0'],
    ['stereo', '0'],
  ]);
  const line = new RegExp(`^a=fmtp:${payload} (.*)$`, 'm');
  const present = line.exec(answer)?.[1];
  if (present === undefined) {
    const rtpmap = new RegExp(`^a=rtpmap:${payload} .*$`, 'm');
    return answer.replace(rtpmap, (found) => `${found.trimEnd()}\r\na=fmtp:${payload} ${joined(wishes)}\r`);
  }
  const parameters = new Map(
    present
      .trim()
      .split(';')
      .map((parameter): [string, string] => {
        const [name = '', value = ''] = parameter.trim().split('=');
        return [name, value];
      }),
  );
  for (const [name, value] of wishes) parameters.set(name, value);
  return answer.replace(line, `a=fmtp:${payload} ${joined(parameters)}\r`);
}

function joined(parameters: Map<string, string>): string {
  return [...parameters].map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join(';');
}

/** The part of an offer that a PATCH carries to restart ICE (RFC 8840, RFC 9725 section 4.3.3). */
export function iceFragment(offer: string): string {
  const ufrag = /^a=ice-ufrag:.*$/m.exec(offer)?.[0].trim();
  const pwd = /^a=ice-pwd:.*$/m.exec(offer)?.[0].trim();
  const media = /^m=.*$/m.exec(offer)?.[0].trim();
  const mid = /^a=mid:.*$/m.exec(offer)?.[0].trim();
  const group = /^a=group:BUNDLE.*$/m.exec(offer)?.[0].trim();
  const lines = [group, ufrag, pwd, media, mid].filter((line) => line !== undefined);
  return lines.join('\r\n') + '\r\n';
}

/** The earlier answer with the credentials and candidates of an ICE restart's fragment. */
export function withIce(answer: string, fragment: string): string {
  const ufrag = /^a=ice-ufrag:(.*)$/m.exec(fragment)?.[1]?.trim();
  const pwd = /^a=ice-pwd:(.*)$/m.exec(fragment)?.[1]?.trim();
  if (ufrag === undefined || pwd === undefined) return answer;
  const candidates = [...fragment.matchAll(/^a=candidate:.*$/gm)].map(([line]) => line.trim());
  let renewed = answer
    .replace(/^a=ice-ufrag:.*$/gm, `a=ice-ufrag:${ufrag}\r`)
    .replace(/^a=ice-pwd:.*$/gm, `a=ice-pwd:${pwd}\r`);
  if (candidates.length > 0) {
    renewed = renewed.replace(/^a=candidate:.*\r?\n/gm, '');
    renewed = renewed.replace(/^a=ice-pwd:.*$/m, (line) => `${line.trimEnd()}\r\n${candidates.join('\r\n')}\r`);
  }
  return renewed;
}
