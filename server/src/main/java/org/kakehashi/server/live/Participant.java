package org.kakehashi.server.live;

/**
 * One open session socket, seen from the session. What it asks is answered through its {@link
 * SocketOut}, and what changes is sent there. Thread: any that may wait, never an event loop.
 */
public interface Participant {
  /**
   * Takes one text frame. Never throws: what cannot be read or is not allowed is answered with a
   * problem, too many frames end the socket with code 4429.
   */
  void receive(String json);

  /** The socket is closed: forget it. Harmless when repeated. */
  void left();
}
