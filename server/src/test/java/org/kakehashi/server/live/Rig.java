package org.kakehashi.server.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.session.FloorMicrophone;
import org.kakehashi.media.session.FloorMix;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.problem.ProblemType;
import org.kakehashi.server.programme.BoothPlan;
import org.kakehashi.server.programme.Event;
import org.kakehashi.server.programme.LocalText;
import org.kakehashi.server.programme.RecordingPlan;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.programme.SessionPlan.Collision;
import org.kakehashi.server.programme.SessionPlan.Uninterpreted;
import org.kakehashi.server.store.Journal;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.Lifecycle;

/** A session with everything real but the wire and the time, which passes when it is told to. */
final class Rig implements AutoCloseable {
  static final int SPEECH = -20;
  static final int QUIET = -90;

  final FakePort port = new FakePort();
  final MemoryJournal journal = new MemoryJournal();
  final FakeFiles files = new FakeFiles();
  final MediaSession media;
  final RunningSession session;
  private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
  private final MediaClock clock =
      new MediaClock(nanos::get, Instant.parse("2026-11-22T09:00:00Z"));
  private final Map<Connection, Integer> sending = new LinkedHashMap<>();

  Rig(SessionPlan plan) {
    this(plan, LiveLimits.defaults());
  }

  Rig(SessionPlan plan, LiveLimits limits) {
    this(plan, limits, Recorders.NONE, Lifecycle.NOTHING);
  }

  Rig(SessionPlan plan, LiveLimits limits, Recorders recorders, Lifecycle past) {
    media =
        new MediaSession(
            clock, plan.languages(), new FakeMix(clock), new Source("silence", Codec.OPUS, clock));
    session =
        new RunningSession(
            new RunningSession.Parts(
                plan, limits, port, media, files, journal, recorders, past, false));
  }

  /** fr and ja, one booth both ways, nobody chairs. */
  static SessionPlan meeting() {
    return plan(false, Collision.INTERLOCK, List.of("fr", "ja"), boothFrJa());
  }

  /** The same, run by a chair. */
  static SessionPlan plenary() {
    return plan(true, Collision.INTERLOCK, List.of("fr", "ja"), boothFrJa());
  }

  static BoothPlan boothFrJa() {
    return new BoothPlan("fr-ja", List.of("fr", "ja"), "ja", "fr", List.of());
  }

  /** Understands only fr, speaks en and, in retour, fr. */
  static BoothPlan boothEn() {
    return new BoothPlan("en", List.of("fr", "en"), "en", "fr", List.of());
  }

  static SessionPlan plan(
      boolean chaired, Collision collision, List<String> languages, BoothPlan... booths) {
    return new SessionPlan(
        "s",
        new Event("e", new LocalText(Map.of("fr", "Événement")), List.of()),
        new LocalText(Map.of("fr", "Séance")),
        null,
        null,
        languages,
        true,
        chaired,
        Uninterpreted.FLOOR,
        collision,
        List.of(booths),
        RecordingPlan.NONE);
  }

  static Person person(String id, Role role) {
    return Person.of(id, "Name of " + id, role, new Scope.OneSession("s"));
  }

  static Person interpreter(String id, String booth) {
    return Person.interpreter(id, "Name of " + id, new Scope.OneSession("s"), booth, List.of());
  }

  /** Connects a speaker who speaks {@code language}, and lets their first words be heard. */
  Connection speak(Person who, @Nullable String language) {
    return up(session.publishFloor(who, "audio video", language));
  }

  Connection interpret(Person who, String language, boolean open) {
    return up(session.interpret(who, "audio", language, open, null));
  }

  Connection listen(Person who, String channel) {
    Connection connection =
        session.listen(who, "audio audio video video video video video video", channel);
    connect(connection);
    return connection;
  }

  private Connection up(Connection connection) {
    connect(connection);
    sends(connection, SPEECH);
    port.of(connection).send(SPEECH);
    return connection;
  }

  /** Lets media flow. */
  void connect(Connection connection) {
    port.of(connection).connected.run();
    turn();
  }

  /** From now on this connection sends packets of this level as time passes. */
  void sends(Connection connection, int level) {
    sending.put(connection, level);
  }

  /** From now on nothing comes of it. */
  void stops(Connection connection) {
    sending.remove(connection);
  }

  /** Waits until everything the session has been told so far is done. */
  void turn() {
    session.thread().call(() -> true);
  }

  /** Lets time pass. */
  void pass(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 50) {
      nanos.addAndGet(Duration.ofMillis(50).toNanos());
      sending.forEach((connection, level) -> port.of(connection).send(level));
      session
          .thread()
          .call(
              () -> {
                session.tick().tick();
                return true;
              });
    }
  }

  /** Opens a page. */
  Wire open(Person who) {
    return open(who, who.role().page());
  }

  Wire open(Person who, Page page) {
    FakeSocket socket = new FakeSocket();
    return new Wire(session.join(who, who.guest() ? who.id() : null, page, socket), socket);
  }

  /** The row of a channel in the routing table now. */
  Message.Route route(String channel) {
    return session.routing().channels().stream()
        .filter(route -> route.channel().equals(channel))
        .findFirst()
        .orElseThrow();
  }

  /** A channel's rule now, and whose source feeds it: {@code interpreter s-2}. */
  String rule(String channel) {
    Message.Route route = route(channel);
    return route.rule() + (route.source() == null ? "" : " " + route.sourceName());
  }

  @Override
  public void close() {
    session.close();
  }

  /** An open page. */
  record Wire(Participant participant, FakeSocket socket) {
    /** Sends a request; the answer. */
    JsonNode ask(String json) {
      participant.receive(json.replace('\'', '"'));
      JsonNode done =
          socket.received.reversed().stream()
              .filter(m -> List.of("done", "problem").contains(m.path("type").asText()))
              .findFirst()
              .orElseThrow();
      return done;
    }

    /** The type of the problem a request met; "done" if it met none. */
    String outcome(String json) {
      JsonNode answer = ask(json);
      return answer.path("type").asText().equals("done")
          ? "done"
          : answer.path("problem").path("type").asText().replace("/problems/", "");
    }
  }

  /** A mixer that mixes nothing, but says what it was asked for. */
  static final class FakeMix implements FloorMix {
    private final MediaClock clock;
    private final Source everyone;
    private final Map<String, Source> without = new HashMap<>();

    FakeMix(MediaClock clock) {
      this.clock = clock;
      this.everyone = new Source("mix", Codec.OPUS, clock);
    }

    @Override
    public void mix(List<FloorMicrophone> microphones) {
      // Whom MediaSession asks to mix is its own test's business.
    }

    @Override
    public Source everyone() {
      return everyone;
    }

    @Override
    public Source without(String person) {
      return without.computeIfAbsent(
          person, p -> new Source("mix-without-" + p, Codec.OPUS, clock));
    }

    @Override
    public void close() {}
  }

  /** A journal in memory. */
  static final class MemoryJournal implements Journal {
    private final List<JournalEntry> entries = new ArrayList<>();

    @Override
    public synchronized void append(JournalEntry entry) {
      entries.add(entry);
    }

    @Override
    public synchronized List<JournalEntry> entries() {
      return List.copyOf(entries);
    }

    @Override
    public long lost() {
      return 0;
    }

    @Override
    public void sync() {}

    @Override
    public void close() {}
  }

  /** One file, {@code greeting.mp4}. */
  static final class FakeFiles implements MediaFiles {
    final List<FakeReel> opened = new ArrayList<>();

    @Override
    public List<Message.PlayableFile> list() {
      return List.of(new Message.PlayableFile("greeting.mp4", 60_000, true, null));
    }

    @Override
    public Reel open(String name, String id, MediaClock clock, Runnable ended) {
      if (!name.equals("greeting.mp4")) {
        throw ProblemType.NO_SUCH_FILE.because(name).asException();
      }
      FakeReel reel = new FakeReel(new Source(id + "-audio", Codec.OPUS, clock), ended);
      opened.add(reel);
      return reel;
    }
  }

  /** A file that plays. */
  static final class FakeReel implements MediaFiles.Reel {
    final Source audio;
    final Runnable ended;
    boolean started;
    boolean stopped;

    FakeReel(Source audio, Runnable ended) {
      this.audio = audio;
      this.ended = ended;
    }

    @Override
    public Source audio() {
      return audio;
    }

    @Override
    public @Nullable Source video() {
      return null;
    }

    @Override
    public void start() {
      started = true;
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public long positionMs() {
      return 1_234;
    }

    @Override
    public long durationMs() {
      return 60_000;
    }
  }
}
