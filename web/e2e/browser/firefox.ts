import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';

/** One Firefox, driven by WebDriver BiDi. */
export function openFirefox(): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: firefoxPath(),
    headless: true,
    extraPrefsFirefox: {
      'media.autoplay.default': 0,
      // Addresses of this machine instead of mDNS names, which nobody answers for here.
      'media.peerconnection.ice.obfuscate_host_addresses': false,
    },
  });
}

/** $FIREFOX, or where the distributions put it. */
export function firefoxPath(): string {
  const path = [process.env['FIREFOX'], '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
    (candidate) => candidate !== undefined && existsSync(candidate),
  );
  if (path === undefined) throw new Error('No Firefox found: install it, or set FIREFOX to its program');
  return path;
}
