import { describe, expect, it } from 'vitest';
import { problemOf } from '../src/media/capture';
import { decibels, FLOOR_DB, LevelMeter, onScale } from '../src/media/level';
import { iceFragment, preferOpus, withIce } from '../src/media/sdp';
import { VoiceCheck, type Verdict } from '../src/media/verdict';

const ANSWER = [
  'v=0',
  'a=group:BUNDLE 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=mid:0',
  'a=ice-ufrag:old',
  'a=ice-pwd:oldpwd',
  'a=candidate:1 1 udp 1 192.0.2.1 10000 typ host',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=0',
  '',
].join('\r\n');

describe('the session description', () => {
  it('asks for full-band Opus and keeps what was said beside', () => {
    const fmtp = /a=fmtp:111 (.*)\r\n/.exec(preferOpus(ANSWER, { bitrate: 96_000 }))?.[1];
    expect(fmtp?.split(';')).toEqual([
      'minptime=10',
      'useinbandfec=1',
      'maxaveragebitrate=96000',
      'maxplaybackrate=48000',
      'usedtx=0',
      'stereo=0',
    ]);
  });

  it('asks also where the answer had no fmtp, and changes nothing else', () => {
    const bare = ANSWER.replace(/a=fmtp.*\r\n/, '');
    const amended = preferOpus(bare, { bitrate: 64_000 });
    expect(amended).toContain('a=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1;maxaveragebitrate=64000');
    expect(amended.replace(/a=fmtp.*\r\n/, '')).toBe(bare);
    expect(preferOpus('v=0\r\n', { bitrate: 64_000 })).toBe('v=0\r\n');
  });

  it('restarts ICE with new credentials and candidates', () => {
    const fragment = 'a=ice-ufrag:new\r\na=ice-pwd:newpwd\r\na=candidate:2 1 udp 1 192.0.2.2 10000 typ host\r\n';
    const renewed = withIce(ANSWER, fragment);
    expect(renewed).not.toMatch(/old|192\.0\.2\.1/);
    expect(renewed).toContain('a=ice-pwd:newpwd\r\na=candidate:2 1 udp 1 192.0.2.2 10000 typ host\r\n');
    expect(renewed.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('sends the credentials of the first m-line', () => {
    expect(iceFragment(ANSWER)).toBe(
      'a=group:BUNDLE 0\r\na=ice-ufrag:old\r\na=ice-pwd:oldpwd\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n',
    );
  });
});

describe('the level meter', () => {
  it('tells decibels below full scale', () => {
    expect(decibels(1)).toBe(0);
    expect(decibels(0.1)).toBeCloseTo(-20);
    expect(decibels(0)).toBe(FLOOR_DB);
    expect([onScale(0), onScale(-30), onScale(-90)]).toEqual([1, 0.5, 0]);
  });

  it('rises at once, falls slowly, holds the peak for a second and a half', () => {
    const meter = new LevelMeter();
    expect(meter.read(0.5, 1000).bar).toBeCloseTo(-6, 0);
    const after = meter.read(0, 1500);
    expect(after.bar).toBeCloseTo(-26, 0);
    expect(after.peak).toBeCloseTo(-6, 0);
    meter.read(0, 2600);
    expect(meter.read(0, 3600).peak).toBeLessThan(-20);
  });

  it('remembers a clip for two seconds', () => {
    const meter = new LevelMeter();
    expect(meter.read(1, 0).clipped).toBe(true);
    expect(meter.read(0.1, 1900).clipped).toBe(true);
    expect(meter.read(0.1, 2100).clipped).toBe(false);
  });
});

describe('the voice check', () => {
  /** Speech at `voice` with a pause at `pause` every third block. */
  function verdict(voice: number, pause: number, clipped = false): Verdict {
    const check = new VoiceCheck();
    let said: Verdict = 'listening';
    for (let block = 0; block < 40; block += 1) said = check.hear(block % 3 === 0 ? pause : voice, clipped);
    return said;
  }

  it.each<[Verdict, number, number]>([
    ['good', -20, -58],
    ['low', -40, -59],
    ['loud', -5, -50],
    ['noisy', -25, -38],
    ['silent', -60, -60],
  ])('says %s', (expected, voice, pause) => {
    expect(verdict(voice, pause)).toBe(expected);
  });

  it('says loud whenever the converter clips', () => {
    expect(verdict(-20, -58, true)).toBe('loud');
  });

  it('says nothing before it has heard two seconds', () => {
    expect(new VoiceCheck().hear(-20, false)).toBe('listening');
  });
});

describe('a capture that failed', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'failed'],
  ])('knows what %s means', (name, problem) => {
    expect(problemOf(new DOMException('', name))).toBe(problem);
  });
});
