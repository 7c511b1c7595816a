import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const root = import.meta.dirname;

function project(name: string, include: string[], globalSetup: string[]): TestProjectInlineConfiguration {
  // What is polled for is there within milliseconds, or on a busy machine within seconds; vitest would give it one.
  const expect = { poll: { timeout: 20_000 } };
  return { test: { root, name, include, globalSetup, expect, testTimeout: 180_000, hookTimeout: 180_000 } };
}

export default defineConfig({
  test: {
    root,
    // Everything is measured by ear and the machine is small: one file, one test at a time.
    fileParallelism: false,
    reporters: ['verbose'],
    projects: [
      project('ear', ['{heard,browser}/**/*.test.ts'], ['setup/voices.ts']),
      project('rooms', ['{rooms,clients}/**/*.test.ts'], ['setup/voices.ts', 'setup/server.ts']),
      project('bench-ears', ['bench/ears.test.ts'], ['setup/server.ts']),
      // These start servers of their own; another one beside them would cost what is measured.
      project('bench-hls', ['bench/hls.test.ts'], []),
      project('bench-replay', ['bench/replay.test.ts'], []),
    ],
  },
});
