/** What the server says of a recorded session. Times are ms since the recording's first second, untrimmed. */
import type { components } from './rest';

type Schemas = components['schemas'];

export type RecordingSummary = Schemas['RecordingSummary'];
export type Recording = Schemas['Recording'];
export type Chapter = Schemas['Chapter'];
export type TimelineEntry = Recording['timeline'][number];

/** The recordings one may see. Rejects when the server cannot be reached or refuses. */
export async function fetchRecordings(token: string | null): Promise<RecordingSummary[]> {
  const headers: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` };
  const response = await fetch('/api/recordings', { headers });
  if (!response.ok) throw new Error(String(response.status));
  return ((await response.json()) as { recordings: RecordingSummary[] }).recordings;
}
