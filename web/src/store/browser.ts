import { realClock } from './clock';
import { Session, type Visit, type World } from './session';

const browser: World = {
  clock: realClock,
  fetch: (url, init) => fetch(url, init),
  openSocket: (path) => {
    const url = new URL(path, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    return new WebSocket(url);
  },
  openPeer: () => new RTCPeerConnection({ bundlePolicy: 'max-bundle' }),
};

/** Opens a visit in this browser and keeps it through sleep, tunnels and the back button. */
export function openSession(visit: Visit): Session {
  const session = new Session(visit, browser);
  addEventListener('online', () => {
    session.hurry();
  });
  addEventListener('offline', () => {
    session.offline();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') session.hurry();
  });
  addEventListener('pagehide', () => {
    session.stop();
  });
  addEventListener('pageshow', (event) => {
    // Back from the browser's cache: everything was said goodbye to, so everything starts anew.
    if (event.persisted) location.reload();
  });
  session.start();
  return session;
}
