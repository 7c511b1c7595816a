package org.kakehashi.server.live;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.problem.Problem;
import org.kakehashi.server.programme.LocalText;

/**
 * What the server sends on the session socket, as in {@code docs/api/session-socket.md}. Immutable;
 * two equal messages need be sent once.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Message.Welcome.class, name = "welcome"),
  @JsonSubTypes.Type(value = Message.Done.class, name = "done"),
  @JsonSubTypes.Type(value = Message.Refused.class, name = "problem"),
  @JsonSubTypes.Type(value = Message.Routing.class, name = "routing"),
  @JsonSubTypes.Type(value = Message.Levels.class, name = "levels"),
  @JsonSubTypes.Type(value = Message.Hearing.class, name = "hearing"),
  @JsonSubTypes.Type(value = Message.Seeing.class, name = "seeing"),
  @JsonSubTypes.Type(value = Message.Stage.class, name = "stage"),
  @JsonSubTypes.Type(value = Message.Booth.class, name = "booth"),
  @JsonSubTypes.Type(value = Message.Booths.class, name = "booths"),
  @JsonSubTypes.Type(value = Message.People.class, name = "people"),
  @JsonSubTypes.Type(value = Message.Files.class, name = "files"),
  @JsonSubTypes.Type(value = Message.Recording.class, name = "recording"),
  @JsonSubTypes.Type(value = Message.RecordingSign.class, name = "recording"),
  @JsonSubTypes.Type(value = Message.Node.class, name = "node"),
  @JsonSubTypes.Type(value = Message.Told.class, name = "told"),
  @JsonSubTypes.Type(value = Message.Ended.class, name = "ended"),
})
public sealed interface Message {

  /** The answer to {@code hello}. */
  record Welcome(You you, Session session, Instant serverTime, boolean demo) implements Message {}

  /**
   * Who the recipient is.
   *
   * @param token a guest's: what they present from now on to be the same guest
   */
  record You(
      String person, String name, Role role, @Nullable String booth, @Nullable String token) {
    /** Without the token, which is no word for logs. */
    @Override
    public String toString() {
      return "You[person=%s, role=%s, booth=%s]".formatted(person, role, booth);
    }
  }

  /** What the session is. */
  record Session(
      String id,
      LocalText title,
      LiveSession.State state,
      List<String> languages,
      Event event,
      @Nullable Instant startsAt,
      @Nullable Instant endsAt,
      boolean chaired,
      @Nullable String hls,
      @Nullable String replay) {}

  /** The event the session belongs to. */
  record Event(LocalText title, List<City> cities) {}

  /**
   * A place the event is held in.
   *
   * @param zone its IANA time zone
   */
  record City(LocalText name, String zone) {}

  /** The request with this {@code ref} was done. */
  record Done(@Nullable String ref) implements Message {}

  /** The request with this {@code ref} was refused, or a frame could not be read. */
  record Refused(@Nullable String ref, Problem problem) implements Message {}

  /** The routing table. */
  record Routing(
      long atTicks,
      Instant at,
      @Nullable String floorLanguage,
      String floorLanguageBy,
      List<Route> channels)
      implements Message {}

  /**
   * One row of the routing table.
   *
   * @param language the language heard
   * @param level dBov; null when nothing feeds the channel or it does not say
   */
  record Route(
      String channel,
      @Nullable String source,
      @Nullable String sourceName,
      String kind,
      String rule,
      @Nullable String booth,
      @Nullable String language,
      Instant since,
      long sinceTicks,
      int listeners,
      @Nullable Double level,
      List<String> warnings) {}

  /** Loudness in dBov, −127 silence; and how many hear each channel. */
  record Levels(
      Map<String, Double> channels, Map<String, Double> sources, Map<String, Integer> listeners)
      implements Message {}

  /** What one WHEP connection of the recipient really hears. */
  record Hearing(
      String connection,
      String channel,
      String kind,
      @Nullable String language,
      String why,
      @Nullable String booth,
      boolean withoutYou,
      String quality)
      implements Message {}

  /**
   * How much of the pictures it asked for one WHEP connection of the recipient is sent.
   *
   * @param pictures {@code full}, {@code reduced}, {@code slides} or {@code none}
   */
  record Seeing(String connection, String pictures) implements Message {}

  /** Who is on stage, what is shown, and to how many. */
  record Stage(
      List<OnStage> sources,
      Picture picture,
      @Nullable Slides slides,
      @Nullable Sign sign,
      Tracks tracks,
      int listeners,
      int languages)
      implements Message {}

  /**
   * One source of the floor.
   *
   * @param ready whether a waiting speaker asks to go on
   */
  record OnStage(
      String source,
      String person,
      String name,
      String kind,
      @Nullable String language,
      String state,
      boolean ready,
      String microphone,
      boolean camera,
      boolean speaking,
      boolean lost,
      @Nullable Playing file) {}

  /** How far a file has been played. */
  record Playing(String name, long positionMs, long durationMs) {}

  /** The main picture, and whose choice it is: {@code chair} or {@code speaker} (automatic). */
  record Picture(@Nullable String source, @Nullable String by) {}

  /** The shared screen. */
  record Slides(String source, String person) {}

  /** The sign-language interpreter. */
  record Sign(String source, String person, String name, @Nullable String language) {}

  /** What the video m-lines of a WHEP connection show. */
  record Tracks(
      @Nullable String picture,
      @Nullable String slides,
      @Nullable String sign,
      List<@Nullable String> cameras) {}

  /** One booth, as its members and the desk see it. */
  record Booth(
      String booth,
      List<String> understands,
      String a,
      @Nullable String b,
      List<Member> members,
      @Nullable String holder,
      String outgoing,
      boolean onAir,
      int audience,
      Incoming incoming,
      List<String> warnings)
      implements Message {}

  /** An interpreter in a booth. */
  record Member(
      String person,
      String name,
      @Nullable String connection,
      MicrophoneState microphone,
      String outgoing,
      boolean lost) {}

  /** What a booth's ears get. */
  record Incoming(String choice, String channel, String quality, @Nullable String sign) {}

  /** All booths, for the desk. */
  record Booths(List<Booth> booths) implements Message {}

  /** Who is here: names of at most 500 people; the counts are always true. */
  record People(List<Present> people, Map<String, Integer> counts) implements Message {}

  /** One person who is here. */
  record Present(
      String person,
      String name,
      Role role,
      int connections,
      @Nullable String listening,
      String state) {}

  /** Files that can be played. */
  record Files(List<PlayableFile> files) implements Message {}

  /** A file that can be played. */
  record PlayableFile(String name, long durationMs, boolean hasVideo, @Nullable String language) {}

  /** How the recording goes, for the desk. */
  record Recording(@JsonUnwrapped RecordingStatus status) implements Message {}

  /** Whether the session is recorded, for everybody else. */
  record RecordingSign(RecordingStatus.State state) implements Message {}

  /**
   * How the server stands, for the desk: all its sessions together.
   *
   * @param busy how much of its thread the busiest media loop uses, in percent
   * @param packed listeners that get several frames of sound in a packet
   * @param full whether those who come to listen are sent to the broadcast
   */
  record Node(int busy, int packed, boolean full) implements Message {}

  /** A notice to one person. */
  record Told(String code, @Nullable String by) implements Message {}

  /** The session has ended. */
  record Ended(Instant resumableUntil) implements Message {}
}
