import type { TestProject } from 'vitest/node';
import { Server } from '../server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server that all the tests share. */
    site: string;
  }
}

/** Starts the server for all the tests; fails the run if it complained about anything, or does not end when asked. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await Server.start({ name: 'server' });
  project.provide('site', server.url);
  return async () => {
    await server.stop();
    const complaints = server.complaints();
    if (complaints.length === 0) return;
    throw new Error(`the server complained; see ${server.log}:\n${complaints.slice(0, 20).join('\n')}`);
  };
}
