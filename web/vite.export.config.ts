import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { compiledMessages } from './scripts/compiledMessages.ts';
import { strictStyles } from './scripts/strictStyles.ts';

/** Names every file of the player, so that whoever exports a recording can copy them out of the jar. */
function listed(): Plugin {
  return {
    name: 'listed',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const names = new Set([...Object.keys(bundle), 'index.html']);
        this.emitFile({ type: 'asset', fileName: 'files.txt', source: `${[...names].sort().join('\n')}\n` });
      },
    },
  };
}

// The player of exported recordings: relative addresses only, so that the folder plays wherever it lies.
export default defineConfig({
  root: resolve(import.meta.dirname, 'export'),
  base: './',
  plugins: [compiledMessages(), strictStyles(), svelte(), listed()],
  build: {
    outDir: resolve(import.meta.dirname, 'dist-export'),
    emptyOutDir: true,
    target: ['es2022', 'chrome111', 'firefox114', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 1100,
  },
});
