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
import org.kakehashi.media.webrtc.PictureService;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.store.Journal;
import org.kakehashi.server.store.JournalEvent;
import org.kakehashi.server.store.Lifecycle;

/**
 * A session at work: takes every call to the session's one thread, and lets each change be followed
 * by {@link Room#settle} and by what the sockets are sent.
 */
final class RunningSession implements LiveSession, AutoCloseable {
  /** How often sources are looked at and sockets sent what is new: 20 times a second. */
  static final Duration TICK = Duration.ofMillis(50);

  private final SessionPlan plan;
  private final SessionThread thread;
  private final RequestReader reader = new RequestReader();
  private final ConcurrentMap<String, Connection> open = new ConcurrentHashMap<>();
  private final Room room;
  private final Sockets sockets;
  private final Snapshots snapshots;
  private final FilePlayback files;
  private final Ending ending;
  private final Requests requests;
  private final Publishing publishing;
  private final Doors doors;
  private final FilePlays plays;
  private final Closing closing;
  private final RecordingWatch recording;
  private final NodeWatch node;
  private int ticks;

  /**
   * What a session is made of.
   *
   * @param past how far it had come when the server last ran
   * @param demo whether this is a demo's session
   */
  record Parts(
      SessionPlan plan,
      LiveLimits limits,
      MediaPort port,
      MediaSession media,
      MediaFiles files,
      Journal journal,
      Recorders recorders,
      Lifecycle past,
      boolean demo) {}

  /** A session that begins now, or goes on; nothing happens by itself until {@link #start}. */
  RunningSession(Parts parts) {
    this.plan = parts.plan();
    this.thread = new SessionThread(plan.id());
    MediaSession media = parts.media();
    SessionJournal written = new SessionJournal(parts.journal(), media.clock());
    if (parts.past().state() != Lifecycle.State.OVER) {
      written.write(new JournalEvent.Started(plan.id(), plan.languages()));
    }
    this.sockets = new Sockets(media.clock()::nanoTime);
    this.room = new Room(plan, parts.limits(), media, written, sockets);
    this.files = new FilePlayback(room);
    this.snapshots = new Snapshots(room, files, parts.demo());
    this.ending = new Ending(room, sockets, snapshots);
    boolean over = ending.goOnFrom(parts.past());
    this.requests = new Requests(room, files, sockets, ending);
    this.publishing = new Publishing(this, room, parts.port());
    this.doors = new Doors(room, sockets);
    this.plays = new FilePlays(thread, parts.files(), room, files);
    this.closing = new Closing(room, sockets, files, this::closed);
    this.recording =
        new RecordingWatch(
            parts.recorders().record(plan, media, over, written::write), media.clock()::nanoTime);
    this.node = new NodeWatch(parts.port()::load, media.clock()::nanoTime);
  }

  /** Begins to look at sources, and at what is new, by itself. */
  void start() {
    thread.every(TICK, this::tick);
  }

  /** Looks once at everything that changes by itself. Thread: the session's. */
  void tick() {
    ticks++;
    if (ending.isOverNow()) {
      room.journal().write(new JournalEvent.Over());
      closing.over();
      recording.over();
    }
    if (room.look()) {
      room.settle();
      doors.sweep();
    }
    if (ticks % 20 == 0) {
      recording.look();
      node.look();
    }
    if (ticks % 2 == 0) {
      flush();
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
  public Connection publishSign(Person who, String offer, @Nullable String language) {
    return connect(who, () -> publishing.sign(who, offer, language));
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
        who,
        () -> {
          MediaConnection connection = accepted.get();
          open.put(connection.id(), connection);
          doors.connected(who);
          return connection;
        });
  }

  @Override
  public void channel(Connection connection, Person who, String channel) {
    change(
        who,
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
        who,
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
  public void note(JournalEvent event) {
    thread.call(
        () -> {
          room.journal().write(event);
          room.journal().sync();
          return true;
        });
  }

  @Override
  public RecordingStatus recording() {
    return thread.call(recording::status);
  }

  @Override
  public long routeChanges() {
    return thread.call(() -> room.routes().changes());
  }

  @Override
  public Participant join(Person who, @Nullable String identity, Page page, SocketOut out) {
    return change(
        who,
        () -> {
          Socket socket = doors.enter(who, page, out);
          long now = room.clock().now();
          out.send(json(snapshots.welcome(who, identity, room.clock().wallTime(now))));
          ending.notice().ifPresent(notice -> out.send(json(notice)));
          return new SocketParticipant(
              this, socket, out, reader, new RequestRate(room.limits(), room.clock()::nanoTime));
        });
  }

  /** Refuses somebody new in a full session. Thread: the session's. */
  void requireRoomFor(Person who) {
    doors.requireRoomFor(who);
  }

  /** Does what a page asks; {@code done} runs before anybody is told what changed. */
  void handle(Socket socket, Request request, Runnable done) {
    Person who = socket.person();
    if (request instanceof Request.Play play) {
      play(who, play, done);
      return;
    }
    change(
        who,
        () -> {
          requests.handle(who, request);
          socket.names(request);
          done.run();
          return true;
        });
  }

  private void play(Person who, Request.Play play, Runnable done) {
    FilePlays.Opened opened =
        plays.open(who, play, source -> quietly(who, () -> files.ended(source)));
    change(
        who,
        () -> {
          plays.start(opened);
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
    thread.call(
        () -> {
          action.run();
          room.settle();
          flush();
          return true;
        });
  }

  String json(Message message) {
    return sockets.json(message);
  }

  /** A socket is closed. */
  void left(Socket socket) {
    thread.execute(() -> quietly(socket.person(), () -> doors.left(socket)));
  }

  /** Media can flow on a connection. Thread: the session's. */
  void connected(MediaConnection connection) {
    quietly(connection.owner(), () -> connection.ready(room.clock().now()));
  }

  /** A listener's line takes more pictures than before, or fewer. Thread: the session's. */
  void pictures(MediaConnection connection, PictureService now) {
    room.audience().find(connection.id()).ifPresent(hearer -> hearer.see(now));
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
        connection.owner(),
        () -> {
          Departure.of(connection, why, room);
          doors.left(connection.owner());
        });
  }

  /** What can be played has changed. */
  void playable(List<Message.PlayableFile> list) {
    thread.execute(() -> plays.listed(list));
  }

  /** A turn in which {@code who} changes something, and all that follows from it. */
  private <T> T change(Person who, Supplier<T> action) {
    return thread.call(
        () -> {
          T result = action.get();
          room.settle();
          flushAfter(who);
          return result;
        });
  }

  private void quietly(Person who, Runnable action) {
    action.run();
    room.settle();
    flushAfter(who);
  }

  /**
   * Tells everybody what is new; where somebody out of a crowd came, went or chose, a tick does so
   * within a tenth of a second for all of them together.
   */
  private void flushAfter(Person who) {
    if (who.role() != Role.ATTENDEE || !sockets.isCrowd(room)) {
      flush();
    }
  }

  private void flush() {
    sockets.flush(room, snapshots, recording.status(), node.status(), plays.listed());
  }

  /** The server stops: everybody is told to come back later. */
  @Override
  public void close() {
    thread.call(
        () -> {
          try {
            closing.shutdown();
            recording.close();
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
