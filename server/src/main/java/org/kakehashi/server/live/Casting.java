package org.kakehashi.server.live;

import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Source;
import org.kakehashi.server.people.Person;

/**
 * Lets people take part whose sound and picture are made on this server: a demo's. They are on
 * stage and in booths like anybody else. Thread: any that may wait.
 */
public interface Casting {
  /**
   * Sound and picture on the session's clock.
   *
   * @param audio null if there is none
   * @param video null if there is none
   * @param end called when the session wants no more of it; harmless when repeated, must not block
   */
  record Part(@Nullable Source audio, @Nullable Source video, Runnable end) {}

  /** The session's clock. */
  MediaClock clock();

  /** Puts somebody on stage with their microphone open. */
  void speaker(Person who, Part part, @Nullable String language);

  /** Seats an interpreter in a booth of the session, with the microphone closed. */
  void interpreter(Person who, Part part, String booth);

  /**
   * Opens an interpreter's microphone into {@code outgoing}, unless somebody else has the booth's
   * microphone or the channel: then they keep quiet.
   *
   * @return whether they are on air
   */
  boolean speakInto(Person who, String outgoing);
}
