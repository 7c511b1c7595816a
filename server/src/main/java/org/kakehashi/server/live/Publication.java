package org.kakehashi.server.live;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Layers;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.webrtc.CloseReason;

/**
 * Sound and picture that somebody sends into a session: a WHIP connection, or a file played on the
 * server. Thread: the session's.
 */
interface Publication {
  /** Its sound, if it has any. */
  @Nullable Source audio();

  /** Its picture, if it has one. */
  @Nullable Source video();

  /**
   * Since when media can flow, in session ticks; {@code Long.MIN_VALUE} before that. Until then
   * nothing is missed.
   */
  long readySinceTicks();

  /** The WHIP connection, if it is one. */
  Optional<MediaConnection> connection();

  /** Ends it, and tells why. */
  void end(CloseReason why);

  /** Whether media can flow. */
  default boolean isReady() {
    return readySinceTicks() != Long.MIN_VALUE;
  }

  /**
   * Whether nothing has come on {@code source} for {@code after} ticks though media can flow.
   *
   * @param source one of this publication's; null never is
   */
  default boolean isSilentOnTheNetwork(@Nullable Source source, long nowTicks, long after) {
    return source != null
        && isReady()
        && nowTicks - Math.max(readySinceTicks(), Layers.lastPacketTicks(source.layers())) > after;
  }
}
