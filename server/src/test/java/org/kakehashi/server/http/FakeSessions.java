package org.kakehashi.server.http;

import java.util.List;
import java.util.Optional;
import org.kakehashi.server.live.Connection;
import org.kakehashi.server.live.LiveSession;
import org.kakehashi.server.live.Sessions;

/** One public and one private session of one event. */
final class FakeSessions implements Sessions {
  final FakeSession open = new FakeSession("plenary", true);
  final FakeSession closed = new FakeSession("council", false);

  @Override
  public Optional<LiveSession> find(String id) {
    return all().stream().filter(session -> session.id().equals(id)).findFirst();
  }

  @Override
  public List<LiveSession> all() {
    return List.of(open, closed);
  }

  @Override
  public Optional<Connection> connection(String id) {
    return all().stream().flatMap(session -> session.connection(id).stream()).findFirst();
  }
}
