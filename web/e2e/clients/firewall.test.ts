import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../browser/chromium.ts';
import { Company } from '../company.ts';
import { expectHears } from '../hears.ts';
import { PrivateNetwork } from '../network.ts';
import { Attendee } from '../people/attendee.ts';
import type { Person } from '../people/person.ts';
import { Speaker } from '../people/speaker.ts';
import { Server } from '../server.ts';
import { Site } from '../site.ts';

/** A town hall's firewall: nothing but TCP gets through. Making one takes root, as in a container. */
describe.skipIf(process.getuid?.() !== 0)('where UDP is blocked', () => {
  const company = new Company();
  let network: PrivateNetwork;
  let server: Server;

  beforeAll(async () => {
    network = new PrivateNetwork('e2e');
    server = await Server.start({
      name: 'server-behind-firewall',
      within: network.prefix,
      reaches: (url) => Promise.resolve(reaches(network, url)),
    });
    network.blockUdp(server.mediaPort);
  });
  afterAll(async () => {
    await company.leave();
    await server?.stop();
    network?.close();
  });

  test('one speaks and one listens over ICE-TCP', async () => {
    const site = new Site(server.url, (url, token) => Promise.resolve(network.get(url, token)));
    const session = await site.emptySession('fr', 'ja');
    const launcher = network.launcher(chromiumPath());
    const claire = await Speaker.goOn(
      'claire',
      await company.browser({ voice: 'claire', launcher }),
      session.links['speaker']!,
      'fr',
      'floor',
    );
    const attendee = await Attendee.arrive(await company.browser({ launcher }), session.links['attendee']!);
    await attendee.choose('fr');

    await expectHears(attendee, { hears: ['claire'], says: { channel: 'fr', kind: 'original' } });

    expect(await transports(attendee)).toEqual(['tcp']);
    expect(await transports(claire)).toContain('tcp');
    expect(network.blocked(), 'UDP was tried, and dropped').toBeGreaterThan(0);
    expect(server.complaints()).toEqual([]);
  });
});

function reaches(network: PrivateNetwork, url: string): boolean {
  try {
    network.get(url);
    return true;
  } catch {
    return false;
  }
}

/** What the page's connections run over: `udp` or `tcp`. */
function transports({ page }: Person): Promise<string[]> {
  return page.evaluate(async () => {
    const used: string[] = [];
    for (const connection of window.ear.connections) {
      if (connection.connectionState !== 'connected') continue;
      const reports = await connection.getStats();
      reports.forEach((report: RTCIceCandidatePairStats) => {
        if (report.type !== 'candidate-pair' || !report.nominated || report.state !== 'succeeded') return;
        const candidate = reports.get(report.localCandidateId) as { protocol: string };
        used.push(candidate.protocol);
      });
    }
    return used;
  });
}
