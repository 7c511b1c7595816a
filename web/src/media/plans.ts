import type { MediaPlan } from './link';
import { preferOpus } from './sdp';

/** What a listener wants to see: nothing; the main picture, the slides and sign language; or these and every camera on stage. */
export type Sight = 'nothing' | 'picture' | 'everyone';

/** The m-lines for video of each sight: main picture, slides, sign language, four cameras. */
const PICTURES: Readonly<Record<Sight, number>> = { nothing: 0, picture: 3, everyone: 7 };

const VOICE = { bitrate: 96_000 };

/**
 * The sizes in which a picture is sent at once, smallest first: each viewer is sent the one their connection takes. A camera in a
 * quarter, half and all of its width; a screen also at two pictures a second, which still can be read.
 */
const CAMERA: RTCRtpEncodingParameters[] = [
  { rid: 'l', scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { rid: 'm', scaleResolutionDownBy: 2, maxBitrate: 500_000 },
  { rid: 'h', scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
];
/** Signs in a quarter of the width cannot be read. */
const SIGN: RTCRtpEncodingParameters[] = [
  { rid: 'l', scaleResolutionDownBy: 2, maxBitrate: 400_000 },
  { rid: 'h', scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
];
const SCREEN: RTCRtpEncodingParameters[] = [
  { rid: 'l', scaleResolutionDownBy: 2, maxBitrate: 200_000, maxFramerate: 2 },
  { rid: 'h', scaleResolutionDownBy: 1, maxBitrate: 2_500_000 },
];

/** WHEP: the channel, the original to lay under it, and the pictures. `channel` is read anew at each connection. */
export function listening(session: string, channel: () => string, sight: Sight): MediaPlan {
  return {
    url: () => `/whep/${encodeURIComponent(session)}/${encodeURIComponent(channel())}`,
    prepare(peer) {
      peer.addTransceiver('audio', { direction: 'recvonly' });
      peer.addTransceiver('audio', { direction: 'recvonly' });
      for (let line = 0; line < PICTURES[sight]; line += 1) peer.addTransceiver('video', { direction: 'recvonly' });
    },
  };
}

/** WHIP: an interpreter's microphone into a language, closed until they open it. */
export function interpreting(
  session: string,
  language: () => string,
  booth: string | null,
  microphone: () => MediaStreamTrack | null,
): MediaPlan {
  return {
    url: () => {
      const query = new URLSearchParams({ microphone: 'closed', ...(booth === null ? {} : { booth }) });
      return `/whip/${encodeURIComponent(session)}/${encodeURIComponent(language())}?${query.toString()}`;
    },
    prepare(peer) {
      sendVoice(peer, microphone());
    },
    amend: (answer) => preferOpus(answer, VOICE),
  };
}

/**
 * WHIP: a speaker's microphone and camera to the floor.
 *
 * @param chosen the language said before going on: it counts until the server has taken it, whatever a place kept for this
 *   person says
 * @param present the language the server has for them now, which a later connection keeps
 */
export function speaking(
  session: string,
  chosen: string | null,
  present: () => string | null,
  microphone: () => MediaStreamTrack | null,
  camera: () => MediaStreamTrack | null,
): MediaPlan {
  let taken = false;
  return {
    url: () => {
      const spoken = taken ? present() : chosen;
      const query = spoken === null ? '' : `?${new URLSearchParams({ language: spoken }).toString()}`;
      return `/whip/${encodeURIComponent(session)}/floor${query}`;
    },
    prepare(peer) {
      sendVoice(peer, microphone());
      // The line for the picture is always there, so that a camera can be switched on later without a new offer.
      sendPicture(peer, camera(), CAMERA);
    },
    amend(answer) {
      taken = true;
      return preferOpus(answer, VOICE);
    },
  };
}

/** WHIP: a shared screen or window. */
export function sharing(session: string, screen: MediaStreamTrack): MediaPlan {
  return {
    url: () => `/whip/${encodeURIComponent(session)}/slides`,
    prepare(peer) {
      sendPicture(peer, screen, SCREEN);
    },
  };
}

/** WHIP: a sign-language interpreter's camera. */
export function signing(session: string, language: string | null, camera: MediaStreamTrack): MediaPlan {
  const query = language === null ? '' : `?${new URLSearchParams({ language }).toString()}`;
  return {
    url: () => `/whip/${encodeURIComponent(session)}/sign${query}`,
    prepare(peer) {
      sendPicture(peer, camera, SIGN);
    },
  };
}

/** The line is there also while a microphone is pulled out: it is sent on it once it is back. */
function sendVoice(peer: RTCPeerConnection, track: MediaStreamTrack | null): void {
  const sendEncodings = [{ maxBitrate: VOICE.bitrate, priority: 'high', networkPriority: 'high' } as const];
  peer.addTransceiver(track ?? 'audio', { direction: 'sendonly', sendEncodings });
}

function sendPicture(
  peer: RTCPeerConnection,
  track: MediaStreamTrack | null,
  sendEncodings: RTCRtpEncodingParameters[],
): void {
  const line = peer.addTransceiver(track ?? 'video', { direction: 'sendonly', sendEncodings });
  const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
  const preferred = [...h264(codecs), ...codecs.filter(({ mimeType }) => /\/(VP8|rtx)$/i.test(mimeType))];
  if (preferred.length > 0) line.setCodecPreferences(preferred);
}

/** Constrained baseline first, single packets refused: what every receiver and the recorder can take as it is. */
function h264(codecs: RTCRtpCodec[]): RTCRtpCodec[] {
  const usable = codecs.filter(
    ({ mimeType, sdpFmtpLine = '' }) => /\/H264$/i.test(mimeType) && sdpFmtpLine.includes('packetization-mode=1'),
  );
  const rank = ({ sdpFmtpLine = '' }: RTCRtpCodec) => (sdpFmtpLine.includes('profile-level-id=42e0') ? 0 : 1);
  return usable.sort((a, b) => rank(a) - rank(b));
}
