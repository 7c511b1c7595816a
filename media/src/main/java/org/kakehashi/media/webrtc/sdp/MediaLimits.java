package org.kakehashi.media.webrtc.sdp;

import java.util.List;
import org.kakehashi.media.channel.Codec;

/**
 * How much of an offer to accept.
 *
 * @param audioIn audio lines to receive, at most
 * @param videoIn video lines to receive, at most
 * @param audioOut audio lines to send, at most
 * @param videoOut video lines to send, at most
 * @param video video codecs that may be used, best first
 */
public record MediaLimits(int audioIn, int videoIn, int audioOut, int videoOut, List<Codec> video) {

  /** Copies the list. */
  public MediaLimits {
    video = List.copyOf(video);
  }
}
