import type { Shot } from './shots.ts';

interface Demo {
  sessions: { id: string; empty: boolean; tokens: Record<string, string> }[];
}

/** The pages of a running demo, each as its role sees it. */
export async function demoShots(base: string): Promise<Shot[]> {
  const { sessions } = (await (await fetch(new URL('/api/demo', base))).json()) as Demo;
  const chosen = [sessions.find(({ empty }) => !empty), sessions.find(({ empty }) => empty)];
  const shots: Shot[] = [shot('programme', '/', [], undefined)];
  for (const session of chosen) {
    if (session === undefined) continue;
    const { id, tokens, empty } = session;
    const name = empty ? 'empty' : 'live';
    const path = (page: string, role: string) => `/${page}/${id}#token=${tokens[role] ?? ''}`;
    shots.push(
      shot(`attend-first-${name}`, path('attend', 'attendee'), [], undefined),
      shot(`attend-${name}`, path('attend', 'attendee'), [], 'ja'),
      shot(`booth-${name}`, path('booth', 'interpreter'), ['[data-action=enter]'], undefined),
      shot(`stage-${name}`, path('stage', 'speaker'), ['[data-action=devices]', '[data-action=next]'], undefined),
      shot(`desk-${name}`, path('desk', 'organiser'), [], undefined),
    );
  }
  return shots;
}

function shot(name: string, path: string, clicks: string[], listens: string | undefined): Shot {
  return {
    name: `demo-${name}`,
    path,
    clicks,
    settle: 3000,
    prepare: async (page) => {
      if (listens === undefined) return;
      await page.addInitScript((tag) => {
        localStorage.setItem('kakehashi.listen', tag);
      }, listens);
    },
  };
}
