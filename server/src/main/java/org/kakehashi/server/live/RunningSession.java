package org.kakehashi.server.live;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.store.Journal;
import org.kakehashi.server.store.JournalEvent;
import org.kakehashi.server.store.Lifecycle;

/**
 * A session at work: puts its parts together, and takes every call to the session's one thread, in
 * a turn of its own.
 *
 * <p>Thread: any that may wait, but where a method says otherwise.
 */
final class RunningSession implements LiveSession, AutoCloseable {
  private final SessionPlan plan;
  private final SessionThread thread;
  private final RequestReader reader = new RequestReader();
  private final Room room;
  private final Sockets sockets;
  private final Snapshots snapshots;
  private final FilePlayback files;
  private final Ending ending;
  private final Requests requests;
  private final Doors doors;
  private final FilePlays plays;
  private final RecordingWatch recording;
  private final Turns turns;
  private final Connections connections;
  private final Publishing publishing;
  private final Closing closing;
  private final SessionTick tick;

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
    this.doors = new Doors(room, sockets);
    this.plays = new FilePlays(thread, parts.files(), room, files);
    this.recording =
        new RecordingWatch(
            parts.recorders().record(plan, media, over, written::write), media.clock()::nanoTime);
    NodeWatch node = new NodeWatch(parts.port()::load, media.clock()::nanoTime);
    News news = new News(room, sockets, snapshots, recording, node, plays);
    this.turns = new Turns(thread, room, news);
    this.connections = new Connections(this, room, turns, doors, parts.port());
    this.publishing = new Publishing(room, doors, connections);
    this.closing = new Closing(room, sockets, files, connections, recording);
    this.tick = new SessionTick(room, sockets, news, doors, ending, closing);
  }

  /** Begins to look at sources, and at what is new, by itself. */
  void start() {
    thread.every(SessionTick.PERIOD, tick::tick);
  }

  /** The session's thread. */
  SessionThread thread() {
    return thread;
  }

  /** What the session does by itself. */
  SessionTick tick() {
    return tick;
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
    return turns.look(() -> room.hasEnded() ? State.ENDED : State.LIVE);
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
    return turns.attend(who, () -> connections.place(publishing.listen(who, offer, channel)));
  }

  private Connection connect(Person who, Supplier<MediaConnection> accepted) {
    return turns.change(who, () -> connections.place(accepted.get()));
  }

  @Override
  public void channel(Connection connection, Person who, String channel) {
    turns.act(who, () -> requests.channel(who, connection.id(), channel));
  }

  @Override
  public void microphone(
      Connection connection,
      Person who,
      @Nullable MicrophoneState state,
      @Nullable String outgoing) {
    turns.act(who, () -> requests.microphone(who, connection.id(), state, outgoing));
  }

  @Override
  public Optional<Connection> connection(String id) {
    return connections.find(id);
  }

  @Override
  public Message.Routing routing() {
    return turns.look(() -> snapshots.routing(room.audience().counts(room.routes().table())));
  }

  @Override
  public Map<String, Integer> reducedPictures() {
    return turns.look(room.audience()::reduced);
  }

  @Override
  public void note(JournalEvent event) {
    turns.run(
        () -> {
          room.journal().write(event);
          room.journal().sync();
        });
  }

  @Override
  public RecordingStatus recording() {
    return turns.look(recording::status);
  }

  @Override
  public long routeChanges() {
    return turns.look(() -> room.routes().changes());
  }

  @Override
  public Participant join(Person who, @Nullable String identity, Page page, SocketOut out) {
    return turns.attend(
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

  /** Does what a page asks; {@code done} runs before anybody is told what changed. */
  void handle(Socket socket, Request request, Runnable done) {
    Person who = socket.person();
    if (request instanceof Request.Play play) {
      play(who, play, done);
      return;
    }
    turns.act(
        who,
        () -> {
          requests.handle(who, request);
          socket.names(request);
          done.run();
        });
  }

  private void play(Person who, Request.Play play, Runnable done) {
    FilePlays.Opened opened =
        plays.open(who, play, source -> turns.goOn(who, () -> files.ended(source)));
    turns.act(
        who,
        () -> {
          plays.start(opened);
          done.run();
        });
  }

  /** Lets people take part whose sound and picture are made on this server. */
  Casting casting() {
    return new HouseCasting.InTurn(turns, new HouseCasting(room), room.clock());
  }

  /** A message as JSON. */
  String json(Message message) {
    return sockets.json(message);
  }

  /** A socket is closed. Thread: any. */
  void left(Socket socket) {
    turns.leave(() -> turns.goOnAttending(socket.person(), () -> doors.left(socket)));
  }

  /** What can be played has changed. Thread: any. */
  void playable(List<Message.PlayableFile> list) {
    turns.leave(() -> plays.listed(list));
  }

  /** The server stops: everybody is told to come back later. */
  @Override
  public void close() {
    turns.run(
        () -> {
          try {
            closing.shutdown();
          } finally {
            thread.close(); // Here, so that no tick comes after: the journal is closed.
          }
        });
  }
}
