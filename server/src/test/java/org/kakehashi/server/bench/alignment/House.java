package org.kakehashi.server.bench.alignment;

import java.io.IOException;
import java.net.URI;
import org.kakehashi.server.bench.Venue;

/** A server that runs. */
interface House extends AutoCloseable {
  /** Starts one in a venue; again with what the one before has left there. */
  @FunctionalInterface
  interface Opening {
    House open(Venue venue) throws IOException;
  }

  /** Its HTTP address. */
  URI uri();

  /** Stops it as an operator would; its session is not over by that. */
  @Override
  void close();
}
