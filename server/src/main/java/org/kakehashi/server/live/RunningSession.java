package org.kakehashi.server.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.store.Journal;
import org.kakehashi.server.store.JournalEvent;

/**
 * A session at work: takes every call to the session's one thread, and lets each change be followed
 * by {@link Room#settle} and by what the sockets are sent.
 */
final class RunningSession implements LiveSession, AutoCloseable {
  /** How often sources are looked at and sockets sent what is new: 20 times a second. */
  static final Duration TICK = Duration.ofMillis(50);

  private static final int ENDED = 4410;
  private static final int GOING_AWAY = 1001;

  private final SessionPlan plan;
  private final SessionThread thread;
  private final MediaFiles mediaFiles;
  private final RequestReader reader = new RequestReader();
  private final ConcurrentMap<String, Connection> open = new ConcurrentHashMap<>();
  private final Room room;
  private final Sockets sockets;
  private final Snapshots snapshots;
  private final FilePlayback files;
  private final Ending ending;
  private final Requests requests;
  private final Publishing publishing;
  private final Roll roll;
  private List<Message.PlayableFile> playable = List.of();
  private int ticks;

  /**
   * A session that begins now; nothing happens by itself until {@link #start}.
   *
   * @param demo whether this is a demo's session
   */
  RunningSession(
      SessionPlan plan,
      LiveLimits limits,
      MediaPort port,
      MediaSession media,
      MediaFiles mediaFiles,
      Journal journal,
      boolean demo) {
    this.plan = plan;
    this.mediaFiles = mediaFiles;
    this.thread = new SessionThread(plan.id());
    SessionJournal written = new SessionJournal(journal, media.clock());
    written.write(new JournalEvent.Started(plan.id(), plan.languages()));
    this.sockets = new Sockets(media.clock()::nanoTime);
    this.room = new Room(plan, limits, media, written, sockets);
    this.files = new FilePlayback(room);
    this.snapshots = new Snapshots(room, files, demo);
    this.ending = new Ending(room, sockets, snapshots);
    this.requests = new Requests(room, files, sockets, ending);
    this.publishing = new Publishing(this, room, port);
    this.roll = new Roll(written);
  }

  /** Begins to look at sources, and at what is new, by itself. */
  void start() {
    thread.every(TICK, this::tick);
  }

  /** Looks once at everything that changes by itself. Thread: the session's. */
  void tick() {
    ticks++;
    if (ending.isOverNow()) {
      finish(CloseReason.SESSION_ENDED, ENDED, "The session has ended");
    }
    if (room.look()) {
      room.settle();
      sweep();
    }
    if (ticks % 2 == 0) {
      sockets.flush(room, snapshots, playable);
    }
    if (ticks % 5 == 0) {
      sockets.levels(room);
    }
    if (ticks % 20 == 0) {
      room.journal().sync();
    }
  }

  SessionThread thread() {
    return thread;
  }

  @Override
  public String id() {
    return plan.id();
  }

  @Override
  public SessionPlan plan() {
    return plan;
  }

  @Override
  public State state() {
    return thread.call(() -> room.hasEnded() ? State.ENDED : State.LIVE);
  }

  @Override
  public Connection publishFloor(Person who, String offer, @Nullable String language) {
    return connect(who, () -> publishing.floor(who, offer, language));
  }

  @Override
  public Connection publishSlides(Person who, String offer, @Nullable String language) {
    return connect(who, () -> publishing.slides(who, offer, language));
  }

  @Override
  public Connection interpret(
      Person who, String offer, String language, boolean open, @Nullable String booth) {
    return connect(who, () -> publishing.interpret(who, offer, language, open, booth));
  }

  @Override
  public Connection listen(Person who, String offer, String channel) {
    return connect(who, () -> publishing.listen(who, offer, channel));
  }

  private Connection connect(Person who, Supplier<MediaConnection> accepted) {
    return change(
        () -> {
          MediaConnection connection = accepted.get();
          open.put(connection.id(), connection);
          roll.came(who);
          return connection;
        });
  }

  @Override
  public void channel(Connection connection, Person who, String channel) {
    change(
        () -> {
          requests.channel(who, connection.id(), channel);
          return true;
        });
  }

  @Override
  public void microphone(
      Connection connection,
      Person who,
      @Nullable MicrophoneState state,
      @Nullable String outgoing) {
    change(
        () -> {
          requests.microphone(who, connection.id(), state, outgoing);
          return true;
        });
  }

  @Override
  public Optional<Connection> connection(String id) {
    return Optional.ofNullable(open.get(id));
  }

  @Override
  public Message.Routing routing() {
    return thread.call(() -> snapshots.routing(room.audience().counts(room.routes().table())));
  }

  @Override
  public long routeChanges() {
    return thread.call(() -> room.routes().changes());
  }

  @Override
  public Participant join(Person who, @Nullable String identity, Page page, SocketOut out) {
    return change(
        () -> {
          Rights.requireScope(who, plan);
          if (!page.admits(who.role())) {
            throw ProblemType.WRONG_ROLE
                .because("Your role has no use for this page.")
                .asException();
          }
          requireRoomFor(who);
          if (sockets.all().size() >= room.limits().sockets()) {
            throw full();
          }
          Socket socket = new Socket(who, page, new Outbox(out));
          takeSeat(who);
          sockets.add(socket);
          roll.came(who);
          long now = room.clock().now();
          out.send(json(snapshots.welcome(who, identity, room.clock().wallTime(now))));
          ending.notice().ifPresent(notice -> out.send(json(notice)));
          return new SocketParticipant(
              this, socket, out, reader, new RequestRate(room.limits(), room.clock()::nanoTime));
        });
  }

  private void takeSeat(Person who) {
    if (who.role() == Role.INTERPRETER && room.booths().seat(who.id()).isEmpty()) {
      room.booths().home(who).ifPresent(booth -> booth.seat(who, room.nextSource()));
    }
  }

  /** Refuses somebody new in a full session. Thread: the session's. */
  void requireRoomFor(Person who) {
    Presence presence = new Presence(room, sockets.all());
    if (presence.count() >= room.limits().people() && !presence.has(who.id())) {
      throw full();
    }
  }

  /** Those whose place was kept long enough have gone for good. */
  private void sweep() {
    for (Booth booth : room.booths().all()) {
      List.copyOf(booth.seats()).forEach(seat -> leaveSeat(seat.person()));
    }
    roll.sweep(new Presence(room, sockets.all()));
  }

  private static ProblemException full() {
    return ProblemType.AT_CAPACITY.because("This session is full.").asException();
  }

  /** Does what a page asks; {@code done} runs before anybody is told what changed. */
  void handle(Socket socket, Request request, Runnable done) {
    Person who = socket.person();
    if (request instanceof Request.Play play) {
      play(who, play, done);
      return;
    }
    change(
        () -> {
          requests.handle(who, request);
          socket.names(request);
          done.run();
          return true;
        });
  }

  /** Opens the file on the caller's thread, which may wait for the disk, between two turns. */
  private void play(Person who, Request.Play play, Runnable done) {
    String source =
        thread.call(
            () -> {
              Rights.requireDesk(who);
              files.requireRoom();
              return room.nextSource();
            });
    MediaFiles.Reel reel =
        mediaFiles.open(
            play.file(),
            source,
            room.clock(),
            () -> thread.execute(() -> quietly(() -> files.ended(source))));
    change(
        () -> {
          try {
            files.requireRoom();
          } catch (ProblemException refused) {
            reel.stop();
            throw refused;
          }
          files.play(play.file(), reel, source, play.language());
          done.run();
          return true;
        });
  }

  /** Lets people take part whose sound and picture are made on this server. Thread: any. */
  Casting casting() {
    return new HouseCasting.InTurn(this, new HouseCasting(room), room.clock());
  }

  /** Does what the house's own people do. */
  void cast(Runnable action) {
    change(
        () -> {
          action.run();
          return true;
        });
  }

  String json(Message message) {
    return sockets.json(message);
  }

  /** A socket is closed. */
  void left(Socket socket) {
    thread.execute(
        () ->
            quietly(
                () -> {
                  sockets.remove(socket);
                  leaveSeat(socket.person());
                  roll.sweep(new Presence(room, sockets.all()));
                }));
  }

  /** Who has neither a microphone nor a page open is not in a booth. */
  private void leaveSeat(Person who) {
    boolean elsewhere =
        sockets.all().stream().anyMatch(other -> other.person().id().equals(who.id()));
    room.booths()
        .seat(who.id())
        .filter(seat -> !elsewhere && seat.publication().isEmpty())
        .ifPresent(seat -> seat.booth().leave(seat));
  }

  /** Media can flow on a connection. Thread: the session's. */
  void connected(MediaConnection connection) {
    quietly(() -> connection.ready(room.clock().now()));
  }

  /** The owner of a connection ends it. */
  void close(MediaConnection connection) {
    connection.end(CloseReason.REQUESTED);
    thread.call(
        () -> {
          closed(connection, CloseReason.REQUESTED);
          return true;
        });
  }

  /** A connection has ended; harmless when repeated. Thread: the session's. */
  void closed(MediaConnection connection, CloseReason why) {
    if (room.connections().remove(connection.id()) == null) {
      return;
    }
    open.remove(connection.id());
    quietly(
        () -> {
          Departure.of(connection, why, room);
          leaveSeat(connection.owner());
          roll.sweep(new Presence(room, sockets.all()));
        });
  }

  /** What can be played has changed. */
  void playable(List<Message.PlayableFile> list) {
    thread.execute(() -> playable = list);
  }

  /** A turn that changes something, and all that follows from it. */
  private <T> T change(Supplier<T> action) {
    return thread.call(
        () -> {
          T result = action.get();
          room.settle();
          sockets.flush(room, snapshots, playable);
          return result;
        });
  }

  private void quietly(Runnable action) {
    action.run();
    room.settle();
    sockets.flush(room, snapshots, playable);
  }

  private void finish(CloseReason why, int code, String reason) {
    for (MediaConnection connection : List.copyOf(room.connections().values())) {
      connection.end(why);
      closed(connection, why);
    }
    for (StageSource source : List.copyOf(room.stage().sources())) {
      source.publication().end(why);
      room.stage().remove(source);
    }
    for (Booth booth : room.booths().all()) {
      for (Seat seat : List.copyOf(booth.seats())) {
        seat.publication().ifPresent(own -> own.end(why));
        booth.leave(seat);
      }
    }
    files.close();
    sockets.closeAll(code, reason);
  }

  /** The server stops: everybody is told to come back later. */
  @Override
  public void close() {
    thread.call(
        () -> {
          try {
            finish(CloseReason.SHUTDOWN, GOING_AWAY, "The server is going away");
            room.media().close();
            room.journal().write(new JournalEvent.Closed());
            room.journal().close();
            return true;
          } finally {
            thread.close(); // Here, so that no tick comes after: the journal is closed.
          }
        });
  }
}
