import type { components } from './rest';

export type ProgrammeSession = components['schemas']['Session'];
export type DemoSession = components['schemas']['Demo']['sessions'][number];

/** The public sessions, and those the token is for. Rejects when the server cannot be reached or refuses. */
export async function fetchProgramme(token: string | null): Promise<ProgrammeSession[]> {
  const headers: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` };
  const response = await fetch('/api/sessions', { headers });
  if (!response.ok) throw new Error(String(response.status));
  return ((await response.json()) as { sessions: ProgrammeSession[] }).sessions;
}

/** One session of the programme. Rejects when the server cannot be reached or refuses. */
export async function fetchSession(id: string, token: string | null): Promise<ProgrammeSession> {
  const headers: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` };
  const response = await fetch(`/api/sessions/${encodeURIComponent(id)}`, { headers });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as ProgrammeSession;
}

/** The demo's links for every role; nothing where no demo runs. */
export async function fetchDemo(): Promise<DemoSession[]> {
  const response = await fetch('/api/demo');
  return response.ok ? ((await response.json()) as { sessions: DemoSession[] }).sessions : [];
}
