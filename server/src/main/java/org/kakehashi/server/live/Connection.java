package org.kakehashi.server.live;

import java.util.Optional;
import org.kakehashi.server.people.Person;

/**
 * One media connection of a person: a resource of WHIP (RFC 9725) or WHEP, from the accepted offer
 * to its end.
 *
 * <p>Thread: any.
 */
public interface Connection {
  /** What a connection is for. */
  enum Kind {
    /** A microphone and camera for the floor, by WHIP. */
    FLOOR,
    /** A shared screen, by WHIP. */
    SLIDES,
    /** A sign-language interpreter's camera, by WHIP. */
    SIGN,
    /** An interpreter's microphone, by WHIP. */
    BOOTH,
    /** Ears and eyes, by WHEP. */
    LISTENER;

    /** Whether it sends to the server (WHIP) rather than receives (WHEP). */
    public boolean publishes() {
      return this != LISTENER;
    }
  }

  /** Unguessable and safe in a URL: the last segment of the resource's path. */
  String id();

  /** What it is for. */
  Kind kind();

  /** The session it belongs to. */
  LiveSession session();

  /** Whose it is. */
  Person owner();

  /** The SDP answer to the offer it was made from. */
  String answer();

  /** The entity tag of the present ICE session, quotes included (RFC 9725 section 4.3.1). */
  String etag();

  /**
   * Takes trickled candidates or an ICE restart (RFC 8840).
   *
   * @return the answering fragment of an ICE restart; empty for candidates only
   * @throws org.kakehashi.server.problem.ProblemException if the fragment cannot be read
   */
  Optional<String> patch(String sdpFragment);

  /** Ends it, as its owner asks; harmless if it ended already. */
  void close();
}
