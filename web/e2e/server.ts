import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { outputs } from './outputs.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/kakehashi', import.meta.url));
/**
 * A server has its machine to itself; here it shares two cores with every actor's browser, and their encoders, so it goes first.
 * Where that is not allowed, `nice` says so and runs it all the same.
 */
const FIRST = ['nice', '-n', '-10'];
const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 15_000;
/** What must never be in the log: an error, a stack trace, a buffer nobody released. */
const BAD_LINES = /\bERROR\b|\bLEAK\b|^\s+at [\w.$/]+\(|^Caused by: |^Exception in thread /;

export interface ServerWishes {
  /** Names the log under `build/e2e`. */
  readonly name: string;
  /** Command that runs the server, in place of running it directly; gets the launcher and its arguments. */
  readonly within?: readonly string[];
  /** Asks whether the address answers, from where it can be reached. */
  readonly reaches?: (url: string) => Promise<boolean>;
  readonly environment?: Readonly<Record<string, string>>;
  /** What its configuration says otherwise, as YAML. */
  readonly configuration?: string;
  /** A configuration file to serve as it is, in place of the demo; its data folder is left alone. */
  readonly venue?: string;
}

/** A real server, in demo mode unless there is a venue, on ports and in a data folder of its own. */
export class Server {
  readonly url: string;
  readonly mediaPort: number;
  readonly log: string;
  readonly #process: ChildProcess;
  readonly #exit: Promise<void>;
  readonly #data: string;

  private constructor(process: ChildProcess, url: string, mediaPort: number, log: string, data: string) {
    this.#process = process;
    this.#exit = new Promise((resolve) => process.once('exit', () => resolve()));
    this.#data = data;
    this.url = url;
    this.mediaPort = mediaPort;
    this.log = log;
  }

  /** Resolves once it is ready; rejects with the end of its log if it ends or takes too long. */
  static async start({ name, within = [], reaches = answers, environment = {}, configuration = '', venue }: ServerWishes): Promise<Server> {
    if (!existsSync(LAUNCHER)) throw new Error(`${LAUNCHER} is missing: build the server first (make build)`);
    const [httpPort, mediaPort] = [await freePort(), await freePort()];
    const data = mkdtempSync(join(tmpdir(), 'kakehashi-e2e-'));
    mkdirSync(outputs(''), { recursive: true });
    const log = outputs(`${name}.log`);
    const [program = LAUNCHER, ...rest] = [...FIRST, ...within, LAUNCHER];
    const configured = join(data, 'kakehashi.yaml');
    writeFileSync(configured, configuration);
    const options = configuration === '' ? [] : ['--config', configured];
    const command = venue === undefined ? ['demo', ...options] : ['serve', '--config', venue];
    const child = spawn(program, [...rest, ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        KAKEHASHI_HTTP_PORT: String(httpPort),
        KAKEHASHI_MEDIA_PORT: String(mediaPort),
        ...(venue === undefined ? { KAKEHASHI_DATA: data } : {}),
        ...environment,
      },
    });
    const file = createWriteStream(log);
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
    const server = new Server(child, `http://localhost:${httpPort}`, mediaPort, log, data);
    await server.#ready(reaches);
    return server;
  }

  /** Its memory that is resident, in bytes. */
  resident(): number {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
  }

  /** Lines of the log that must not be there. */
  complaints(): readonly string[] {
    return readFileSync(this.log, 'utf8').split('\n').filter((line) => BAD_LINES.test(line));
  }

  /** Runs a command of the launcher over this server's data, while it runs: what it prints. */
  async command(...words: string[]): Promise<string> {
    const env = { ...process.env, KAKEHASHI_DATA: this.#data };
    return (await promisify(execFile)(LAUNCHER, words, { env })).stdout;
  }

  /** Asks it to end, and waits until it has. */
  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGTERM');
      const late = Symbol('late');
      const ended = await Promise.race([this.#exit, pause(STOPPED_WITHIN_MS, late, { ref: false })]);
      if (ended === late) {
        this.#process.kill('SIGKILL');
        throw new Error(`the server did not end within ${STOPPED_WITHIN_MS} ms of SIGTERM; see ${this.log}`);
      }
    }
    rmSync(this.#data, { recursive: true, force: true });
  }

  async #ready(reaches: (url: string) => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline && this.#process.exitCode === null) {
      if (await reaches(`${this.url}/health/ready`)) return;
      await pause(100);
    }
    this.#process.kill('SIGKILL');
    throw new Error(`the server did not become ready; its log ends with\n${readFileSync(this.log, 'utf8').slice(-3000)}`);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createServer().once('error', reject);
    socket.listen(0, () => {
      const address = socket.address();
      socket.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(address)));
    });
  });
}
