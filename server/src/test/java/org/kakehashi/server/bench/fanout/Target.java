package org.kakehashi.server.bench.fanout;

/** A server that a crowd listens to. */
interface Target extends AutoCloseable {
  String name();

  PinnedProcess process();

  /** Whether listeners send the connectivity checks, the server being ICE-lite. */
  boolean isLite();

  /**
   * Offers or answers for a listener and connects it; returns before it hears anything. Any thread.
   *
   * @param channel of the server's, in turn, from 0
   */
  void join(Attendee attendee, int channel);

  /** How long it serves its crowd before a figure is counted, in seconds. */
  int warmUpSeconds();

  /** How many streams there are to hear. */
  int channels();

  /** Sends the next 20 ms on every channel. One thread. */
  void feed();

  @Override
  void close();
}
