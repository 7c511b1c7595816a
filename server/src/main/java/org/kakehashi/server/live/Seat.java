package org.kakehashi.server.live;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Source;
import org.kakehashi.server.people.Person;

/** An interpreter's place in a booth, with or without a microphone yet. Thread: the session's. */
final class Seat {
  private final Booth booth;
  private final String source;
  private final Person person;
  private final Loudness loudness = new Loudness();
  private @Nullable Publication publication;
  private MicrophoneState microphone = MicrophoneState.CLOSED;
  private String outgoing;
  private boolean lost;
  private long goneSinceTicks = Long.MIN_VALUE;
  private long openSinceTicks;

  /**
   * @param source the id of their microphone as a source, stable over new connections
   */
  Seat(Booth booth, String source, Person person, String outgoing) {
    this.booth = booth;
    this.source = source;
    this.person = person;
    this.outgoing = outgoing;
  }

  Booth booth() {
    return booth;
  }

  String source() {
    return source;
  }

  Person person() {
    return person;
  }

  Optional<Publication> publication() {
    return Optional.ofNullable(publication);
  }

  /** Their microphone's sound; null if they are not connected. */
  @Nullable Source audio() {
    return publication == null ? null : publication.audio();
  }

  /** How loud their microphone is. */
  Loudness loudness() {
    return loudness;
  }

  MicrophoneState microphone() {
    return microphone;
  }

  /** The channel they work into. */
  String outgoing() {
    return outgoing;
  }

  boolean isLost() {
    return lost;
  }

  /** Whether they have the booth's microphone: open, or coughing. */
  boolean holds() {
    return microphone != MicrophoneState.CLOSED;
  }

  /** Whether their microphone can feed a channel now. */
  boolean isLive() {
    return holds() && !lost && publication != null && publication.isReady() && audio() != null;
  }

  /** Since when the microphone has been open into its channel, in session ticks. */
  long openSinceTicks() {
    return openSinceTicks;
  }

  void microphone(MicrophoneState next, long nowTicks) {
    if (microphone == MicrophoneState.CLOSED && next != MicrophoneState.CLOSED) {
      openSinceTicks = nowTicks;
    }
    microphone = next;
  }

  void outgoing(String channel, long nowTicks) {
    if (!outgoing.equals(channel)) {
      outgoing = channel;
      openSinceTicks = nowTicks;
    }
  }

  void connect(Publication next) {
    publication = next;
    loudness.follow(next.audio());
    lost = false;
    goneSinceTicks = Long.MIN_VALUE;
  }

  /** The connection vanished; the seat is kept. */
  void gone(long nowTicks) {
    goneSinceTicks = nowTicks;
    lost = true;
  }

  /** The connection was ended by its owner: no microphone any more. */
  void disconnect() {
    publication = null;
    loudness.follow(null);
    lost = false;
    goneSinceTicks = Long.MIN_VALUE;
    microphone = MicrophoneState.CLOSED;
  }

  boolean isForfeit(long nowTicks, long kept) {
    return goneSinceTicks != Long.MIN_VALUE && nowTicks - goneSinceTicks > kept;
  }

  /** Looks at what comes; whether it was lost or found. */
  boolean look(long nowTicks, long lostAfter) {
    boolean before = lost;
    lost =
        goneSinceTicks != Long.MIN_VALUE
            || (publication != null
                && publication.isSilentOnTheNetwork(audio(), nowTicks, lostAfter));
    return before != lost;
  }
}
