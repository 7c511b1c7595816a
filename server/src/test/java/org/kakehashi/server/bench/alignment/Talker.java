package org.kakehashi.server.bench.alignment;

import org.kakehashi.server.bench.MediaApi;

/** Somebody who is connected with nothing but a microphone. */
final class Talker implements AutoCloseable {
  private final MediaApi.Connection connection;
  private final Voice voice;

  /**
   * Connects and sends.
   *
   * @param channel such as {@code fr}
   * @param clicks whether they click with the beat, or only hum
   */
  Talker(MediaApi api, String channel, String token, int ssrc, SenderClock clock, boolean clicks) {
    connection = api.publish(channel, token, ssrc);
    voice = new Voice(connection, ssrc, clock, clicks);
  }

  /** Leaves as a page does. */
  @Override
  public void close() {
    voice.close();
    connection.close();
  }
}
