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
    clock.pass(3_000);
    await settle();
    expect(archive.store.state.recording?.durationMs).toBe(2);
    expect(clock.waiting).toBe(0);
  });

  it('keeps what it knew when the server is out of reach, and tries again', async () => {
    answers.push(() => json({ state: 'live', durationMs: 1 }));
    await archive.start();
    clock.pass(3_000);
    await settle();
    expect(archive.store.state).toMatchObject({ recording: { durationMs: 1 }, problem: { type: '/problems/offline' } });
    answers.push(() => json({ state: 'ended', durationMs: 3 }));
    clock.pass(4_000);
    await settle();
    expect(archive.store.state).toMatchObject({ recording: { durationMs: 3 }, problem: null });
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
