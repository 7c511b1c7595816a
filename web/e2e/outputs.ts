import { fileURLToPath } from 'node:url';

/** A file under `build/e2e`, where the tests leave logs, captured sound and screenshots. */
export function outputs(path: string): string {
  return fileURLToPath(new URL(`../../build/e2e/${path}`, import.meta.url));
}
