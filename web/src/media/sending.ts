/**
 * Sends another microphone or camera, or nothing, on a running connection, without a new offer. By the line and not by what is on it:
 * nothing is what is sent while a device is away, and the line must be found again when it is back.
 */
export async function sendInstead(
  peer: RTCPeerConnection | null,
  kind: 'audio' | 'video',
  track: MediaStreamTrack | null,
): Promise<void> {
  const line = peer
    ?.getTransceivers()
    .find(({ receiver, direction }) => receiver.track.kind === kind && direction.startsWith('send'));
  // Refused by a connection that has just been closed; the one after it asks for the track of then.
  await line?.sender.replaceTrack(track).catch(() => undefined);
}
