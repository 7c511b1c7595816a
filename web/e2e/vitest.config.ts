import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;

export default defineConfig({
  test: {
    root,
    // Everything is measured by ear and the machine is small: one file, one test at a time.
    fileParallelism: false,
    reporters: ['verbose'],
    projects: [
      {
        test: { root, name: 'ear', include: ['{heard,browser}/**/*.test.ts'], globalSetup: ['setup/voices.ts'], testTimeout: 60_000 },
      },
      {
        test: {
          root,
          name: 'rooms',
          include: ['rooms/**/*.test.ts', 'clients/**/*.test.ts'],
          globalSetup: ['setup/voices.ts', 'setup/server.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
});
