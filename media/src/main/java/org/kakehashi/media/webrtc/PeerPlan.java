package org.kakehashi.media.webrtc;

import java.util.List;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;

/**
 * What to accept of an offer: at most so many media lines of each kind and direction, in the order
 * they are offered. The rest are refused (port 0).
 *
 * @param clock the session's clock, on which incoming packets are placed
 * @param audioIn audio lines to receive
 * @param videoIn video lines to receive
 * @param audioOut audio lines to send
 * @param videoOut video lines to send
 * @param videoPreference video codecs that may be used, best first. An incoming line is answered
 *     with one codec, the first of these that is offered; an outgoing line with all of them
 * @param essential whether it is let in even where the loops have no room to spare: a session
 *     stands without one more listener, and not without its speakers, interpreters and organisers
 * @param label says in logs and source ids whose peer this is; letters, digits and dashes
 */
public record PeerPlan(
    MediaClock clock,
    int audioIn,
    int videoIn,
    int audioOut,
    int videoOut,
    List<Codec> videoPreference,
    boolean essential,
    String label) {

  /** Checks the ranges. */
  public PeerPlan {
    if (audioIn < 0 || videoIn < 0 || audioOut < 0 || videoOut < 0) {
      throw new IllegalArgumentException("a number of media lines is negative");
    }
    if (videoPreference.stream().anyMatch(Codec::isAudio)) {
      throw new IllegalArgumentException("an audio codec is no video preference");
    }
    videoPreference = List.copyOf(videoPreference);
  }

  /** A publisher (WHIP): receives, sends nothing. H.264 is preferred to VP8. */
  public static PeerPlan receiving(MediaClock clock, int audio, int video, String label) {
    return new PeerPlan(clock, audio, video, 0, 0, List.of(Codec.H264, Codec.VP8), true, label);
  }

  /** A listener (WHEP): sends, receives nothing. */
  public static PeerPlan sending(MediaClock clock, int audio, int video, String label) {
    return new PeerPlan(clock, 0, 0, audio, video, List.of(Codec.H264, Codec.VP8), false, label);
  }

  /** The same for somebody a session cannot do without. */
  public PeerPlan asEssential() {
    return new PeerPlan(clock, audioIn, videoIn, audioOut, videoOut, videoPreference, true, label);
  }
}
