package org.kakehashi.server.live;

import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.server.programme.SessionPlan;

/** Makes the media of a session: channels, floor mixer, silence. */
@FunctionalInterface
public interface SessionMedia {
  /** The media of {@code plan}'s session, on {@code clock}; closed with the session. */
  MediaSession open(SessionPlan plan, MediaClock clock);
}
