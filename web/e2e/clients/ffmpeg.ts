import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputs } from '../outputs.ts';
import { wavOf, type Voice } from '../voices.ts';
import { Program } from './processes.ts';

const LIBRARIES = fileURLToPath(new URL('../../../server/target/lib/', import.meta.url));

/** FFmpeg's WHIP muxer, of the FFmpeg that the server brings along: a voice, on and on. */
export function publishWithFfmpeg(endpoint: string, token: string, voice: Voice): Program {
  return publishFileWithFfmpeg(endpoint, token, wavOf(voice));
}

/** The same with a file, on and on; a picture in it, H.264, is passed through. */
export function publishFileWithFfmpeg(endpoint: string, token: string, file: string): Program {
  const folder = unpacked();
  const input = ['-re', '-stream_loop', '-1', '-i', file];
  const picture = ['-c:v', 'copy'];
  const sound = ['-c:a', 'libopus', '-ar', '48000', '-ac', '2', '-b:a', '64k'];
  const whip = ['-f', 'whip', '-authorization', token, endpoint];
  const args = ['-hide_banner', '-nostdin', '-loglevel', 'info', ...input, ...picture, ...sound, ...whip];
  return new Program('ffmpeg', join(folder, 'ffmpeg'), args, { LD_LIBRARY_PATH: folder });
}

function unpacked(): string {
  const folder = outputs('ffmpeg/org/bytedeco/ffmpeg/linux-x86_64');
  if (existsSync(join(folder, 'ffmpeg'))) return folder;
  const jar = readdirSync(LIBRARIES).find((name) => /^ffmpeg-.*-linux-x86_64\.jar$/.test(name));
  if (jar === undefined) throw new Error(`no FFmpeg in ${LIBRARIES}: build the server first`);
  mkdirSync(outputs('ffmpeg'), { recursive: true });
  execFileSync('/usr/bin/python3', ['-m', 'zipfile', '-e', join(LIBRARIES, jar), outputs('ffmpeg')]);
  chmodSync(join(folder, 'ffmpeg'), 0o755);
  return folder;
}
