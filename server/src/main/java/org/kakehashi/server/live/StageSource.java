package org.kakehashi.server.live;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Source;
import org.kakehashi.server.people.Person;

/**
 * Somebody's place on, or before, the stage. It outlives the connection for a while: who comes back
 * finds place, language and microphone as they were.
 *
 * <pre>
 *   WAITING ──admit──▶ ON ──remove, leave──▶ WAITING
 *      either may be lost: nothing comes, nothing is heard, until packets or a new connection come
 * </pre>
 *
 * <p>Thread: the session's.
 */
final class StageSource {
  /** What kind of source it is. */
  enum Kind {
    /** A person at home. */
    SPEAKER("speaker"),
    /** The room's sound desk and camera. */
    HALL("hall"),
    /** A recorded greeting, or the like. */
    FILE("file"),
    /** A shared screen. It may stand still: no packets for a while are no loss. */
    SCREEN("slides"),
    /** A sign-language interpreter: seen, not heard. */
    SIGN("sign");

    private final String id;

    Kind(String id) {
      this.id = id;
    }

    /** The word in the API. */
    String id() {
      return id;
    }
  }

  private final String id;
  private final Kind kind;
  private final VoiceActivity voice = new VoiceActivity();
  private final Loudness loudness = new Loudness();
  private Person person;
  private Publication publication;
  private @Nullable String language;
  private boolean onStage;
  private boolean ready;
  private boolean microphoneOpen = true;
  private boolean lost;
  private boolean cameraLost;
  private long goneSinceTicks = Long.MIN_VALUE;

  StageSource(
      String id, Kind kind, Person person, Publication publication, @Nullable String language) {
    this.id = id;
    this.kind = kind;
    this.person = person;
    this.publication = publication;
    this.language = language;
    loudness.follow(publication.audio());
  }

  String id() {
    return id;
  }

  Kind kind() {
    return kind;
  }

  Person person() {
    return person;
  }

  Publication publication() {
    return publication;
  }

  @Nullable String language() {
    return language;
  }

  boolean isOnStage() {
    return onStage;
  }

  /** Whether a waiting speaker asks to go on. */
  boolean isReady() {
    return ready;
  }

  boolean isMicrophoneOpen() {
    return microphoneOpen;
  }

  boolean isLost() {
    return lost;
  }

  boolean isSpeaking() {
    return voice.isSpeaking();
  }

  /** Since when its owner has been speaking; null while silent. */
  @Nullable Long speakingSince() {
    return voice.speakingSince();
  }

  /** Whether it is heard on the floor now. */
  boolean isHeard() {
    return onStage
        && microphoneOpen
        && !lost
        && publication.isReady()
        && publication.audio() != null;
  }

  /** Whether its picture can be shown now. */
  boolean hasCamera() {
    return onStage && !lost && !cameraLost && publication.isReady() && publication.video() != null;
  }

  /** How loud it is. */
  Loudness loudness() {
    return loudness;
  }

  /** It has no place here any more. */
  void leave() {
    loudness.follow(null);
  }

  /** Its sound, wherever it goes. */
  @Nullable Source audio() {
    return publication.audio();
  }

  void speaks(@Nullable String spoken) {
    language = spoken;
  }

  void onStage(boolean on) {
    onStage = on;
    ready = false;
  }

  void ready(boolean asks) {
    ready = asks;
  }

  void microphone(boolean open) {
    microphoneOpen = open;
  }

  /** Takes the place again with a new connection. */
  void returnWith(Person owner, Publication next, @Nullable String spoken) {
    person = owner;
    publication = next;
    loudness.follow(next.audio());
    goneSinceTicks = Long.MIN_VALUE;
    lost = false;
    cameraLost = false;
    if (spoken != null) {
      language = spoken;
    }
  }

  /** The connection is gone without a goodbye of its owner; the place is kept. */
  void gone(long nowTicks) {
    goneSinceTicks = nowTicks;
    lost = true;
  }

  /** Whether its connection has been gone for longer than {@code kept} ticks. */
  boolean isForfeit(long nowTicks, long kept) {
    return goneSinceTicks != Long.MIN_VALUE && nowTicks - goneSinceTicks > kept;
  }

  /**
   * Looks at what comes, and hears whether somebody speaks.
   *
   * @param lostAfter how long nothing may come, in ticks
   * @return whether anything others see has changed
   */
  boolean look(long nowTicks, long lostAfter) {
    boolean wasLost = lost;
    boolean cameraWasLost = cameraLost;
    Source sound = publication.audio();
    Source leading = sound != null ? sound : publication.video();
    boolean mayStandStill = kind == Kind.SCREEN;
    lost =
        goneSinceTicks != Long.MIN_VALUE
            || (!mayStandStill && publication.isSilentOnTheNetwork(leading, nowTicks, lostAfter));
    // A camera in a dark room, or behind a lens cap, sends a frame every few seconds.
    cameraLost =
        !mayStandStill
            && publication.isSilentOnTheNetwork(publication.video(), nowTicks, 3 * lostAfter);
    boolean turned = isHeard() ? voice.look(loudness.level(nowTicks), nowTicks) : voice.silence();
    return turned || wasLost != lost || cameraWasLost != cameraLost;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StageSource source && Objects.equals(id, source.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
