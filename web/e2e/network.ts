import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A network of its own, with one address and nobody else in it. Making one takes root. */
export class PrivateNetwork {
  readonly #name: string;
  readonly #folder: string;
  #narrow = false;

  constructor(name: string) {
    this.#name = `${name}-${process.pid}`;
    this.#folder = mkdtempSync(join(tmpdir(), `${name}-`));
    run('ip', 'netns', 'add', this.#name);
    const ip = (...args: string[]) => run('ip', '-netns', this.#name, ...args);
    ip('link', 'set', 'lo', 'up');
    // WebRTC passes over the loopback's addresses: it wants an interface with an address and a way out.
    ip('link', 'add', 'here', 'type', 'veth', 'peer', 'name', 'there');
    ip('address', 'add', '10.213.0.1/24', 'dev', 'here');
    ip('link', 'set', 'here', 'up');
    ip('link', 'set', 'there', 'up');
    ip('route', 'add', 'default', 'via', '10.213.0.2');
  }

  /** Put before a command, runs it in here. */
  get prefix(): readonly string[] {
    return ['ip', 'netns', 'exec', this.#name];
  }

  /** A program that runs another in here, with its arguments. */
  launcher(program: string): string {
    const path = join(this.#folder, 'launch');
    writeFileSync(path, `#!/bin/sh\nexec ${this.prefix.join(' ')} '${program}' "$@"\n`);
    chmodSync(path, 0o755);
    return path;
  }

  /** Lets no UDP reach this port, and counts what tries. */
  blockUdp(port: number): void {
    this.#nft('add table inet firewall');
    this.#nft('add chain inet firewall input { type filter hook input priority 0; }');
    this.#nft(`add rule inet firewall input udp dport ${port} counter drop`);
  }

  /** How many datagrams the firewall has dropped. */
  blocked(): number {
    const counted = /counter packets (\d+)/.exec(run(...this.#in('nft', 'list', 'table', 'inet', 'firewall')));
    return Number(counted?.[1] ?? 0);
  }

  /**
   * Lets so much UDP through to a local port, in kbit/s, behind a queue of 0.3 s; changes it where it was narrow already. Everything
   * else passes as before.
   */
  narrow(port: number, kilobits: number): void {
    const rate = `${kilobits}kbit`;
    const tc = (...args: string[]) => run(...this.#in('tc', ...args));
    // Whole packets queue: the loopback's own would be of 64 KiB.
    const queue = String(Math.max(6000, Math.round(kilobits * 125 * 0.3)));
    if (!this.#narrow) {
      this.#narrow = true;
      tc('qdisc', 'add', 'dev', 'lo', 'root', 'handle', '1:', 'htb', 'default', '1');
      tc('class', 'add', 'dev', 'lo', 'parent', '1:', 'classid', '1:1', 'htb', 'rate', '10gbit', 'quantum', '60000');
      tc('class', 'add', 'dev', 'lo', 'parent', '1:', 'classid', '1:10', 'htb', 'rate', rate, 'burst', '3000', 'cburst', '3000');
      tc('qdisc', 'add', 'dev', 'lo', 'parent', '1:10', 'handle', '10:', 'bfifo', 'limit', queue);
      const match = ['u32', 'match', 'ip', 'protocol', '17', '0xff', 'match', 'ip', 'dport', String(port), '0xffff'];
      tc('filter', 'add', 'dev', 'lo', 'parent', '1:', 'protocol', 'ip', 'prio', '1', ...match, 'flowid', '1:10');
      return;
    }
    tc('class', 'change', 'dev', 'lo', 'parent', '1:', 'classid', '1:10', 'htb', 'rate', rate, 'burst', '3000', 'cburst', '3000');
    tc('qdisc', 'change', 'dev', 'lo', 'parent', '1:10', 'handle', '10:', 'bfifo', 'limit', queue);
  }

  /** GET, as text; throws unless the answer is a success. */
  get(url: string, token?: string): string {
    const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const script = `fetch(${JSON.stringify(url)}, ${JSON.stringify({ headers })}).then(async (r) => {
      if (!r.ok) throw new Error(String(r.status));
      process.stdout.write(await r.text());
    })`;
    return run(...this.#in(process.execPath, '-e', script));
  }

  close(): void {
    run('ip', 'netns', 'delete', this.#name);
    rmSync(this.#folder, { recursive: true });
  }

  #nft(command: string): void {
    run(...this.#in('nft', command));
  }

  #in(program: string, ...args: string[]): [string, ...string[]] {
    return ['ip', 'netns', 'exec', this.#name, program, ...args];
  }
}

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
