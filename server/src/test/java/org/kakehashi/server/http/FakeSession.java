package org.kakehashi.server.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.live.Connection;
import org.kakehashi.server.live.LiveSession;
import org.kakehashi.server.live.Message;
import org.kakehashi.server.live.MicrophoneState;
import org.kakehashi.server.live.Participant;
import org.kakehashi.server.live.RecordingStatus;
import org.kakehashi.server.live.SocketOut;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.problem.ProblemType;
import org.kakehashi.server.programme.Event;
import org.kakehashi.server.programme.LocalText;
import org.kakehashi.server.programme.RecordingPlan;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.store.JournalEvent;

/** A session without media: it does what the edge asks and remembers it. */
final class FakeSession implements LiveSession {
  /** An offer that cannot be answered. */
  static final String BAD_OFFER = "not an offer";

  private final String id;
  private final boolean open;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();

  /** What was asked, in words. */
  final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  volatile @Nullable SocketOut socket;
  volatile @Nullable Person joined;
  volatile boolean full;

  FakeSession(String id, boolean open) {
    this.id = id;
    this.open = open;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public SessionPlan plan() {
    return new SessionPlan(
        id,
        new Event("summit", new LocalText(Map.of("fr", "Sommet")), List.of()),
        new LocalText(Map.of("fr", "Plénière", "ja", "本会議")),
        Instant.parse("2026-11-22T10:00:00Z"),
        null,
        List.of("fr", "ja"),
        open,
        false,
        SessionPlan.Uninterpreted.FLOOR,
        SessionPlan.Collision.INTERLOCK,
        List.of(),
        RecordingPlan.NONE);
  }

  @Override
  public State state() {
    return State.LIVE;
  }

  @Override
  public Connection publishFloor(Person who, String offer, @Nullable String language) {
    return connect(Connection.Kind.FLOOR, who, offer, "floor " + language);
  }

  @Override
  public Connection publishSign(Person who, String offer, @Nullable String language) {
    return connect(Connection.Kind.SIGN, who, offer, "sign " + language);
  }

  @Override
  public Connection publishSlides(Person who, String offer, @Nullable String language) {
    return connect(Connection.Kind.SLIDES, who, offer, "slides " + language);
  }

  @Override
  public Connection interpret(
      Person who, String offer, String language, boolean microphone, @Nullable String booth) {
    return connect(Connection.Kind.BOOTH, who, offer, language + " " + microphone + " " + booth);
  }

  @Override
  public Connection listen(Person who, String offer, String channel) {
    return connect(Connection.Kind.LISTENER, who, offer, "listen " + channel);
  }

  private Connection connect(Connection.Kind kind, Person who, String offer, String what) {
    if (full) {
      throw ProblemType.AT_CAPACITY.because("full").asException();
    }
    if (offer.equals(BAD_OFFER)) {
      throw ProblemType.BAD_OFFER.because("no ICE credentials").asException();
    }
    asked.add(what);
    FakeConnection connection = new FakeConnection(kind, this, who);
    connections.put(connection.id(), connection);
    return connection;
  }

  void closed(Connection connection) {
    connections.remove(connection.id());
    asked.add("closed");
  }

  @Override
  public void channel(Connection connection, Person who, String channel) {
    asked.add("channel " + channel + " by " + who.role().id());
  }

  @Override
  public void microphone(
      Connection connection,
      Person who,
      @Nullable MicrophoneState state,
      @Nullable String outgoing) {
    if (state == MicrophoneState.OPEN && "en".equals(outgoing)) {
      throw ProblemType.INTERLOCK.because("Booth 2 is on en.").asException();
    }
    asked.add("microphone " + state + " " + outgoing);
  }

  @Override
  public Optional<Connection> connection(String connection) {
    return Optional.ofNullable(connections.get(connection));
  }

  @Override
  public Message.Routing routing() {
    Instant at = Instant.parse("2026-11-22T10:00:00Z");
    return new Message.Routing(
        480,
        at,
        "fr",
        "detected",
        List.of(
            new Message.Route(
                "floor",
                "s-1",
                "Mme Martin",
                "original",
                "floor",
                null,
                "fr",
                at,
                0,
                3,
                -23.0,
                List.of())));
  }

  @Override
  public Map<String, Integer> reducedPictures() {
    return Map.of();
  }

  @Override
  public RecordingStatus recording() {
    return RecordingStatus.OFF;
  }

  @Override
  public void note(JournalEvent event) {
    asked.add(event.toString());
  }

  @Override
  public long routeChanges() {
    return 7;
  }

  @Override
  public Participant join(Person who, @Nullable String identity, Page page, SocketOut out) {
    socket = out;
    joined = who;
    out.send(
        "{\"type\":\"welcome\",\"you\":{\"role\":\"%s\",\"token\":%s}}"
            .formatted(who.role().id(), identity == null ? "null" : '"' + identity + '"'));
    return new Participant() {
      @Override
      public void receive(String json) {
        asked.add(json);
        out.send(json);
      }

      @Override
      public void left() {
        asked.add("left");
      }
    };
  }
}
