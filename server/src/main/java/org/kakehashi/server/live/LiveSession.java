package org.kakehashi.server.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.store.JournalEvent;

/**
 * A running session. Every method may be called from any thread that may wait (a virtual thread),
 * never from an event loop: each takes its turn on the session's one thread.
 *
 * <p>Whatever is refused throws {@link org.kakehashi.server.problem.ProblemException}: 403 a role
 * that may not, 404 no such channel or booth, 409 an interlock or an ended session, 422 an offer
 * that cannot be accepted, 429 too many connections, 503 the node is full. A refused offer leaves
 * nothing behind.
 */
public interface LiveSession {
  /** How far a session has come. */
  enum State {
    /** People can join, speak, interpret and listen. */
    @JsonProperty("live")
    LIVE,
    /** Ended; for a while it can be resumed, and nobody new joins. */
    @JsonProperty("ended")
    ENDED
  }

  /** Unique on this node. */
  String id();

  /** What the programme says of it. */
  SessionPlan plan();

  /** How far it has come. */
  State state();

  /**
   * WHIP to {@code floor}: a speaker's or the hall's sound and picture.
   *
   * @param language what the owner speaks, a BCP 47 tag; null if not said
   */
  Connection publishFloor(Person who, String offer, @Nullable String language);

  /**
   * WHIP to {@code slides}: a shared screen; its sound, if it has any, is mixed to the floor.
   *
   * @param language the language of its sound; null if not said
   */
  Connection publishSlides(Person who, String offer, @Nullable String language);

  /**
   * WHIP to {@code sign}: a sign-language interpreter's camera, shown beside the main picture.
   *
   * @param language the sign language, such as {@code fsl} or {@code jsl}; null if not said
   */
  Connection publishSign(Person who, String offer, @Nullable String language);

  /**
   * WHIP to a language channel: an interpreter's microphone.
   *
   * @param language the outgoing channel
   * @param open whether the microphone is open from the first packet on
   * @param booth the booth to work in; null for the one of the person's token, or else the
   *     session's booth that works into the language
   */
  Connection interpret(
      Person who, String offer, String language, boolean open, @Nullable String booth);

  /**
   * WHEP: ears, and eyes where the offer has video.
   *
   * @param channel {@code floor} or a language
   */
  Connection listen(Person who, String offer, String channel);

  /** Lets a WHEP connection hear another channel from the next packet on. */
  void channel(Connection connection, Person who, String channel);

  /**
   * Does what a console key does to an interpreter's microphone.
   *
   * @param state null to leave it as it is
   * @param outgoing the channel to speak into; null to leave it as it is
   */
  void microphone(
      Connection connection,
      Person who,
      @Nullable MicrophoneState state,
      @Nullable String outgoing);

  /** The connection with this id, if it is of this session and open. */
  Optional<Connection> connection(String id);

  /** The routing table now: per channel its source, rule, since when, level, listeners. */
  Message.Routing routing();

  /** How many are sent less of the pictures than there is, by {@link Message.Seeing#pictures}. */
  Map<String, Integer> reducedPictures();

  /** How its recording goes. */
  RecordingStatus recording();

  /** Writes something that happened beside the session in its journal. */
  void note(JournalEvent event);

  /** How often any channel has changed what it carries since the session began. */
  long routeChanges();

  /**
   * Joins with a session socket after its {@code hello}; sends {@code welcome} and the first
   * snapshots through {@code out} before it returns.
   *
   * @param identity the token a guest is given in {@code welcome}, to present from then on; null
   *     for who came with one
   */
  Participant join(Person who, @Nullable String identity, Page page, SocketOut out);
}
