package org.kakehashi.server.live;

import java.util.List;
import java.util.Optional;

/** The sessions that run on this node. Thread: any. */
public interface Sessions {
  /** The session with this id, running or ended. */
  Optional<LiveSession> find(String id);

  /** All of them, in the programme's order. */
  List<LiveSession> all();

  /** The media connection with this id, in whatever session. */
  Optional<Connection> connection(String id);
}
