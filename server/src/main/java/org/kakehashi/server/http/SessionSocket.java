package org.kakehashi.server.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.live.Hello;
import org.kakehashi.server.live.Participant;
import org.kakehashi.server.live.RequestReader;
import org.kakehashi.server.live.SocketOut;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session socket on the wire ({@code docs/api/session-socket.md}): the hello and its deadline,
 * pings, what may wait to be sent, the close codes. What the messages mean is the session's affair.
 *
 * <pre>
 *   open ──hello──▶ joined ──▶ closed
 *     └─ no hello in time, not a hello, may not ─▶ closed
 * </pre>
 *
 * <p>Thread: frames and timers come on the event loop; each message is handled on a virtual thread,
 * one at a time; {@link #send}, {@link #full} and {@link #close} from any.
 */
final class SessionSocket implements SocketOut {
  /** What may wait to be sent before snapshots wait for the client, in bytes. */
  static final int QUEUE = 256 * 1024;

  /** What may wait at most; a client so far behind is closed. */
  private static final int MOST_QUEUED = 4 * QUEUE;

  private static final Logger LOG = LoggerFactory.getLogger(SessionSocket.class);

  private final ServerWebSocket wire;
  private final String session;
  private final Access access;
  private final Predicate<Role> room;
  private final RequestReader reader;
  private final SocketTimings timings;
  private final LongSupplier nanoTime;
  private final Vertx vertx;
  private final AtomicInteger queued = new AtomicInteger();
  private final ReentrantLock turn = new ReentrantLock();
  private long helloTimer;
  private long pingTimer;
  private volatile long lastHeard;

  /** Who has joined; under {@link #turn}. */
  private @Nullable Participant participant;

  /** Closed, or refused; under {@link #turn}. */
  private boolean gone;

  SessionSocket(
      ServerWebSocket wire,
      String session,
      Access access,
      Predicate<Role> room,
      RequestReader reader,
      SocketTimings timings,
      LongSupplier nanoTime,
      Vertx vertx) {
    this.wire = wire;
    this.session = session;
    this.access = access;
    this.room = room;
    this.reader = reader;
    this.timings = timings;
    this.nanoTime = nanoTime;
    this.vertx = vertx;
  }

  /** Takes over the socket, and calls {@code afterwards} once it is closed. */
  void open(Runnable afterwards) {
    lastHeard = nanoTime.getAsLong();
    helloTimer =
        vertx.setTimer(
            timings.hello().toMillis(), late -> close(CloseCode.HELLO_LATE, "no hello in time"));
    pingTimer = vertx.setPeriodic(timings.ping().toMillis(), tick -> ping());
    wire.frameHandler(frame -> lastHeard = nanoTime.getAsLong());
    wire.textMessageHandler(this::receive);
    wire.binaryMessageHandler(bytes -> close(CloseCode.NOT_TEXT, "text only"));
    wire.pongHandler(pong -> lastHeard = nanoTime.getAsLong());
    wire.exceptionHandler(this::failed);
    wire.closeHandler(
        closed -> {
          vertx.cancelTimer(helloTimer);
          vertx.cancelTimer(pingTimer);
          Thread.ofVirtual().name("socket").start(this::left);
          afterwards.run();
        });
  }

  /** The next message is not read before this one is done: whoever sends fast waits for us. */
  private void receive(String text) {
    Context loop = vertx.getOrCreateContext();
    wire.pause();
    Thread.ofVirtual()
        .name("socket")
        .start(
            () -> {
              try {
                handle(text);
              } finally {
                loop.runOnContext(back -> wire.resume());
              }
            });
  }

  private void handle(String text) {
    turn.lock();
    try {
      if (gone) {
        return;
      }
      if (participant == null) {
        join(text);
      } else {
        participant.receive(text);
      }
    } finally {
      turn.unlock();
    }
  }

  private void join(String text) {
    try {
      Hello hello = reader.hello(text);
      Access.Admitted admitted = access.page(hello.token(), session, hello.page());
      vertx.cancelTimer(helloTimer);
      Person person = admitted.person();
      if (!room.test(person.role())) {
        throw ProblemType.AT_CAPACITY.because("This server is full.").asException();
      }
      participant = admitted.session().join(person, access.identity(person), hello.page(), this);
    } catch (ProblemException refused) {
      gone = true;
      send("{\"type\":\"problem\",\"problem\":" + Documents.write(refused.problem()) + "}");
      close(CloseCode.of(refused.problem().type()), refused.problem().type().title());
    }
  }

  private void left() {
    turn.lock();
    try {
      gone = true;
      if (participant != null) {
        participant.left();
        participant = null;
      }
    } finally {
      turn.unlock();
    }
  }

  private void failed(Throwable error) {
    LOG.debug("session socket: {}", error.toString());
    if (error instanceof IllegalStateException) {
      // A message in pieces has grown too long; nobody else would stop it from growing.
      close(CloseCode.TOO_LARGE, "at most 64 KiB");
    } // Anything else, such as a frame that is not UTF-8: the decoder closes by itself.
  }

  private void ping() {
    if (nanoTime.getAsLong() - lastHeard > timings.silence().toNanos()) {
      close(CloseCode.GOING_AWAY, "silent for too long");
    } else {
      wire.writePing(Buffer.buffer("ping"));
    }
  }

  @Override
  public void send(String json) {
    int size = json.length();
    if (queued.addAndGet(size) > MOST_QUEUED) {
      queued.addAndGet(-size);
      close(CloseCode.LATER, "reads too slowly");
      return;
    }
    wire.writeTextMessage(json).onComplete(written -> queued.addAndGet(-size));
  }

  @Override
  public boolean full() {
    return queued.get() > QUEUE;
  }

  @Override
  public void close(int code, String reason) {
    // A close frame's reason has 123 bytes at most (RFC 6455, section 5.5).
    byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
    wire.close((short) code, utf8.length <= 123 ? reason : "");
  }

  /** The server stops: the client shall reconnect. */
  void goAway() {
    close(CloseCode.GOING_AWAY, "the server is going away");
  }
}
