package org.kakehashi.server.live;

/** The way out of one session socket. Thread: any; nothing here blocks or throws. */
public interface SocketOut {
  /** Sends one text frame; dropped when the socket is closed. */
  void send(String json);

  /**
   * Whether the other side reads too slowly. Snapshots then wait, and what was superseded meanwhile
   * is never sent.
   */
  boolean full();

  /** Closes the socket with a code of {@code docs/api/session-socket.md}. */
  void close(int code, String reason);
}
