package org.kakehashi.server.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.kakehashi.server.live.Connection;
import org.kakehashi.server.live.LiveSession;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.problem.ProblemType;

/** A media connection that remembers what was asked of it; no media. */
final class FakeConnection implements Connection {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String id = "unguessable-" + COUNT.incrementAndGet();
  private final Kind kind;
  private final FakeSession session;
  private final Person owner;
  private volatile int iceSession = 1;

  FakeConnection(Kind kind, FakeSession session, Person owner) {
    this.kind = kind;
    this.session = session;
    this.owner = owner;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public LiveSession session() {
    return session;
  }

  @Override
  public Person owner() {
    return owner;
  }

  @Override
  public String answer() {
    return "v=0 answer";
  }

  @Override
  public String etag() {
    return "\"ice-" + iceSession + "\"";
  }

  @Override
  public Optional<String> patch(String sdpFragment) {
    if (sdpFragment.startsWith("rubbish")) {
      throw ProblemType.BAD_OFFER.because("not a fragment").asException();
    }
    if (!sdpFragment.contains("ice-pwd")) {
      return Optional.empty();
    }
    iceSession = 2;
    return Optional.of("a=ice-ufrag:new");
  }

  @Override
  public void close() {
    session.closed(this);
  }
}
