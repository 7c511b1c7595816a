import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { compiledMessages } from './scripts/compiledMessages.ts';
import { strictStyles } from './scripts/strictStyles.ts';

// The server sends a strict Content-Security-Policy (no inline script or style, nothing from elsewhere), so nothing is
// inlined: no data: URLs, no module-preload script, styles in files of their own.
export default defineConfig({
  plugins: [compiledMessages(), strictStyles(), svelte()],
  build: {
    outDir: 'dist',
    target: ['es2022', 'chrome111', 'firefox114', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  // The server's own policy, so that the pictures of the pages are taken under it.
  preview: {
    headers: {
      'Content-Security-Policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'",
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/whip', '/whep', '/ws', '/hls'].map((path) => [
        path,
        { target: process.env['KAKEHASHI_SERVER'] ?? 'http://localhost:8080', ws: path === '/ws' },
      ]),
    ),
  },
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  test: {
    environment: 'happy-dom',
    include: ['test/**/*.test.ts'],
    restoreMocks: true,
  },
});
