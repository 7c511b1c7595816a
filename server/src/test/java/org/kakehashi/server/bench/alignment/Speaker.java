package org.kakehashi.server.bench.alignment;

import org.kakehashi.server.bench.MediaApi;

/** Somebody on the floor with microphone and camera on one connection. */
interface Speaker extends AutoCloseable {
  /** What they connect with. */
  enum Kind {
    /** The project's own endpoint; it changes its resolution when told. */
    OWN,
    /** FFmpeg's WHIP muxer: nothing in it is this project's. Its resolution stays. */
    FFMPEG;

    Speaker open(MediaApi api, String token, SenderClock clock) {
      return this == OWN
          ? new OwnSpeaker(api, token, clock, AlignmentRun.SMALL)
          : new FfmpegSpeaker(api, token, clock, AlignmentRun.SMALL);
    }
  }

  /** Goes on in another size, if it can. */
  void resize(Camera.Size size);

  /** Leaves. */
  @Override
  void close();
}
