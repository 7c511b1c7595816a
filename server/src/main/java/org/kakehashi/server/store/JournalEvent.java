package org.kakehashi.server.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a session. Holds no secrets: no tokens, no addresses, and no names of those who
 * only listen.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonSubTypes({
  @JsonSubTypes.Type(value = JournalEvent.Started.class, name = "started"),
  @JsonSubTypes.Type(value = JournalEvent.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = JournalEvent.Resumed.class, name = "resumed"),
  @JsonSubTypes.Type(value = JournalEvent.Over.class, name = "over"),
  @JsonSubTypes.Type(value = JournalEvent.Closed.class, name = "closed"),
  @JsonSubTypes.Type(value = JournalEvent.Route.class, name = "route"),
  @JsonSubTypes.Type(value = JournalEvent.FloorLanguage.class, name = "floor-language"),
  @JsonSubTypes.Type(value = JournalEvent.OnStage.class, name = "stage"),
  @JsonSubTypes.Type(value = JournalEvent.Speaker.class, name = "speaker"),
  @JsonSubTypes.Type(value = JournalEvent.Picture.class, name = "picture"),
  @JsonSubTypes.Type(value = JournalEvent.Shown.class, name = "shown"),
  @JsonSubTypes.Type(value = JournalEvent.Joined.class, name = "joined"),
  @JsonSubTypes.Type(value = JournalEvent.Left.class, name = "left"),
  @JsonSubTypes.Type(value = JournalEvent.Recording.class, name = "recording"),
  @JsonSubTypes.Type(value = JournalEvent.Edited.class, name = "edited"),
  @JsonSubTypes.Type(value = JournalEvent.Full.class, name = "full"),
})
public sealed interface JournalEvent {

  /** The session's media clock began: tick 0 of all entries up to the next one like this. */
  record Started(String session, List<String> languages) implements JournalEvent {}

  /** The session was ended; it can be resumed for a while. */
  record Ended(@Nullable String by) implements JournalEvent {}

  /** The end was undone. */
  record Resumed(@Nullable String by) implements JournalEvent {}

  /** The session is over for good: its end can no longer be undone. */
  record Over() implements JournalEvent {}

  /** The server stopped in order, whatever the session was at. */
  record Closed() implements JournalEvent {}

  /**
   * A channel carries something else from now on.
   *
   * @param kind {@code interpretation}, {@code original} or {@code silence}
   * @param language the language heard, where it is known
   */
  record Route(
      String channel,
      String rule,
      String kind,
      @Nullable String source,
      @Nullable String booth,
      @Nullable String language)
      implements JournalEvent {}

  /**
   * The floor speaks another language.
   *
   * @param language null if unknown
   * @param by {@code detected}, {@code hand} or {@code unknown}
   */
  record FloorLanguage(@Nullable String language, String by) implements JournalEvent {}

  /**
   * A source's place changed.
   *
   * @param state {@code waiting}, {@code on}, {@code lost} or {@code left}
   */
  record OnStage(
      String source,
      String person,
      String name,
      String kind,
      String state,
      String microphone,
      @Nullable String language)
      implements JournalEvent {}

  /**
   * Somebody else is the one who speaks, until the next entry like this.
   *
   * @param language which they speak, if they said so
   */
  record Speaker(String source, String person, String name, @Nullable String language)
      implements JournalEvent {}

  /** Another main picture. */
  record Picture(@Nullable String source, @Nullable String by) implements JournalEvent {}

  /**
   * Something else is seen beside the main picture from now on.
   *
   * @param picture {@code slides} or {@code sign}
   * @param source whose it is; null when there is nothing to see any more
   * @param language which is spoken, or signed, if they said so
   */
  record Shown(
      String picture, @Nullable String source, @Nullable String person, @Nullable String language)
      implements JournalEvent {}

  /** Somebody came whose work is on record: not those who only listen. */
  record Joined(String person, String name, String role) implements JournalEvent {}

  /** They have gone. */
  record Left(String person) implements JournalEvent {}

  /**
   * What the recorder does.
   *
   * @param state {@code started}, {@code resumed} after a gap, {@code ended} or {@code failed}
   * @param detail why, or how long the gap was; for people
   */
  record Recording(String state, @Nullable String detail) implements JournalEvent {}

  /**
   * Chair or organiser changed the recording.
   *
   * @param what {@code published}, {@code unpublished}, {@code trimmed}, {@code chapter}, {@code
   *     captions}, {@code captions-removed}, {@code poster}, {@code deleted} or {@code restored}
   * @param detail which, where there are several
   */
  record Edited(String by, String what, @Nullable String detail) implements JournalEvent {}

  /** The journal has reached its largest size; nothing after this was written. */
  record Full() implements JournalEvent {}
}
