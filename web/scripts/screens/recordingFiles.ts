import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** When the recording of the scenes began. */
export const STARTED_AT = '2026-11-21T13:00:00.000Z';
const LENGTH_S = 40;
const VIDEO = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-g', '50'];
const NAMES: Readonly<Record<string, string>> = { floor: 'Original', fr: 'Français', ja: '日本語', en: 'English' };

/** Something to play for the scenes: a picture, slides, sign language and four channels, made by FFmpeg. */
export function makeRecording(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-recording-'));
  const size = 'size=640x360:rate=25';
  const stripes =
    'drawbox=x=60:y=60:w=380:h=24:color=0x333333:t=fill,drawbox=x=60:y=120:w=320:h=24:color=0x333333:t=fill';
  const person =
    'drawbox=x=250:y=90:w=140:h=130:color=0x8a93c9:t=fill,drawbox=x=190:y=230:w=260:h=130:color=0x8a93c9:t=fill';
  track(folder, 'picture', ['-f', 'lavfi', '-i', `color=0x2f365f:${size}`, '-vf', person, ...VIDEO]);
  track(folder, 'slides', ['-f', 'lavfi', '-i', `color=0xfafafa:${size}`, '-vf', stripes, ...VIDEO]);
  const hands = `${person},drawbox=x=120:y=180:w=70:h=70:color=0xf0d2b6:t=fill,drawbox=x=450:y=150:w=70:h=70:color=0xf0d2b6:t=fill`;
  track(folder, 'sign', ['-f', 'lavfi', '-i', `color=0x24483c:${size}`, '-vf', hands, ...VIDEO]);
  for (const [index, channel] of Object.keys(NAMES).entries()) {
    const tone = `sine=frequency=${String(220 + 110 * index)}:sample_rate=48000`;
    track(folder, channel, ['-f', 'lavfi', '-i', tone, '-c:a', 'aac', '-b:a', '64k', '-ac', '1']);
  }
  writeFileSync(join(folder, 'index.m3u8'), multivariant());
  return folder;
}

function track(folder: string, name: string, made: readonly string[]): void {
  const into = join(folder, name);
  mkdirSync(into);
  const hls = ['-f', 'hls', '-hls_time', '2', '-hls_segment_type', 'fmp4', '-hls_playlist_type', 'vod'];
  const files = ['-hls_segment_filename', join(into, '%d.m4s'), '-hls_fmp4_init_filename', 'init.mp4'];
  execFileSync('ffmpeg', ['-v', 'error', ...made, '-t', String(LENGTH_S), ...hls, ...files, join(into, 'index.m3u8')]);
  date(join(into, 'index.m3u8'));
}

/** All tracks begin in the same moment. */
function date(playlist: string): void {
  const lines = readFileSync(playlist, 'utf8').split('\n');
  const first = lines.findIndex((line) => line.startsWith('#EXTINF'));
  lines.splice(first, 0, `#EXT-X-PROGRAM-DATE-TIME:${STARTED_AT}`);
  writeFileSync(playlist, lines.join('\n'));
}

function multivariant(): string {
  const audio = Object.entries(NAMES).map(([channel, name]) => {
    const language = channel === 'floor' ? '' : `LANGUAGE="${channel}",`;
    const chosen = channel === 'floor' ? 'YES' : 'NO';
    return `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="channels",NAME="${name}",${language}DEFAULT=${chosen},AUTOSELECT=YES,URI="${channel}/index.m3u8"`;
  });
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...audio,
    '#EXT-X-STREAM-INF:BANDWIDTH=900000,CODECS="avc1.64001e,mp4a.40.2",RESOLUTION=640x360,AUDIO="channels"',
    'picture/index.m3u8',
    '',
  ].join('\n');
}
