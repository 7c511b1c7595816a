import { beforeEach, describe, expect, it } from 'vitest';
import { Archive } from '../src/store/archive';
import { FakeClock, settle } from './fakes';

describe('the archive', () => {
  let clock: FakeClock;
  let asked: { method: string; url: string; body: unknown; headers: Record<string, string> }[];
  let answers: (() => Response)[];
  let archive: Archive;
  const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status });

  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    answers = [];
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      asked.push({ method: init.method ?? '', url, body: init.body, headers: init.headers as Record<string, string> });
      const answer = answers.shift();
      return answer === undefined ? Promise.reject(new TypeError('network')) : Promise.resolve(answer());
    };
    archive = new Archive('plenary', 'secret', fetch, clock);
  });

  it('is asked with the link’s token, and again while the session is live', async () => {
    answers.push(
      () => json({ state: 'live', durationMs: 1 }),
      () => json({ state: 'ended', durationMs: 2 }),
    );
    await archive.start();
    expect(asked[0]).toMatchObject({
      method: 'GET',
      url: '/api/recordings/plenary',
      headers: { Authorization: 'Bearer secret' },
    });
    clock.pass(7_999);
    expect(asked).toHaveLength(1);
    clock.pass(4_001);
    await settle();
    expect(archive.store.state.recording?.durationMs).toBe(2);
    expect(clock.waiting).toBe(0);
  });

  it('keeps what it knew when the server is out of reach, and tries again', async () => {
    answers.push(() => json({ state: 'live', durationMs: 1 }));
    await archive.start();
    clock.pass(12_000);
    await settle();
    expect(archive.store.state).toMatchObject({ recording: { durationMs: 1 }, problem: { type: '/problems/offline' } });
    answers.push(() => json({ state: 'ended', durationMs: 3 }));
    clock.pass(2_000);
    await settle();
    expect(archive.store.state).toMatchObject({ recording: { durationMs: 3 }, problem: null });
  });

  it('is asked by a crowd at different moments', async () => {
    answers.push(() => json({ state: 'live' }));
    clock.chance = 0;
    await archive.start();
    clock.pass(8_000);
    expect(asked).toHaveLength(2);
    archive.close();
    clock.chance = 0.99;
    archive = new Archive(
      'plenary',
      null,
      (url) => Promise.resolve((asked.push({ url } as never), json({ state: 'live' }))),
      clock,
    );
    await archive.start();
    clock.pass(11_000);
    expect(asked).toHaveLength(3);
    clock.pass(1_000);
    expect(asked).toHaveLength(4);
  });

  it('stays away as long as the server asks', async () => {
    answers.push(() => new Response('{}', { status: 503, headers: { 'Retry-After': '40' } }));
    await archive.start();
    clock.pass(40_000);
    expect(asked).toHaveLength(1);
    clock.pass(20_000);
    expect(asked).toHaveLength(2);
  });

  it('has one rhythm however often it is told to read at once', async () => {
    answers.push(
      () => json({ state: 'live' }),
      () => json({ state: 'live' }),
    );
    await Promise.all([archive.start(), archive.start()]);
    expect(clock.waiting).toBe(1);
  });

  it('waits, slowly, for a recording that may come yet', async () => {
    const absent = () => json({ type: '/problems/no-such-recording', title: '', status: 404 }, 404);
    answers.push(absent);
    await archive.start();
    expect(clock.waiting).toBe(0);
    answers.push(absent, () => json({ state: 'live' }));
    const patient = new Archive('plenary', null, () => Promise.resolve((answers.shift() ?? absent)()), clock, true);
    await patient.start();
    expect(patient.store.state.problem?.status).toBe(404);
    clock.pass(30_000);
    await settle();
    expect(patient.store.state).toMatchObject({ recording: { state: 'live' }, problem: null });
  });

  it('does not insist where it is refused', async () => {
    answers.push(() => json({ type: '/problems/not-published', title: '', status: 403 }, 403));
    await archive.start();
    expect(archive.store.state.problem?.type).toBe('/problems/not-published');
    expect(clock.waiting).toBe(0);
  });

  it('shows a change when the server says it is so', async () => {
    answers.push(
      () => json({}),
      () => json({ state: 'ended', published: true }),
    );
    expect(await archive.change({ published: true })).toBeNull();
    expect(asked[0]).toMatchObject({ method: 'PATCH', body: '{"published":true}' });
    expect(archive.store.state).toMatchObject({ recording: { published: true }, busy: false });
    answers.push(() => json({ type: '/problems/bad-captions', status: 422, detail: 'line 3' }, 422));
    expect(await archive.caption('fr', 'WEBVTT')).toMatchObject({ type: '/problems/bad-captions', detail: 'line 3' });
    expect(asked.at(-1)).toMatchObject({
      method: 'PUT',
      url: '/api/recordings/plenary/captions/fr',
      headers: { 'Content-Type': 'text/vtt' },
    });
    expect(archive.store.state.recording?.published).toBe(true);
  });

  it('asks nothing more once closed', async () => {
    answers.push(() => json({ state: 'live' }));
    await archive.start();
    archive.close();
    clock.pass(60_000);
    expect(asked).toHaveLength(1);
  });
});
