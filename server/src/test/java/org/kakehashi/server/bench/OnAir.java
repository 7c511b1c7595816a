package org.kakehashi.server.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Something to hear on every channel: a speaker in French on the floor and an interpreter into
 * Japanese, who send stamped packets until they are told to stop.
 */
final class OnAir implements AutoCloseable {
  private static final int SSRC = 1;

  private final MediaApi.Connection speaker;
  private final MediaApi.Connection interpreter;
  private final Microphone floor;
  private final Microphone booth;
  private final AtomicBoolean on = new AtomicBoolean(true);
  private final Thread pace;

  OnAir(MediaApi api, Venue venue) {
    speaker = api.publish("floor?language=fr", venue.speaker("speaker"), SSRC);
    interpreter = api.publish("ja", venue.interpreter("interpreter"), SSRC + 1);
    floor = new Microphone(speaker, SSRC);
    booth = new Microphone(interpreter, SSRC + 1);
    pace =
        Thread.ofPlatform()
            .name("on-air")
            .start(() -> Pace.every(Microphone.FRAME, on::get, i -> next()));
  }

  private void next() {
    floor.stamp();
    booth.stamp();
  }

  /** Sends no more; the connections stay. Returns when the last packets are on their way. */
  void stop() {
    on.set(false);
    try {
      pace.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many packets each of both has sent. */
  int sent() {
    return floor.sent();
  }

  @Override
  public void close() {
    stop();
    List.of(speaker, interpreter).forEach(MediaApi.Connection::close);
  }
}
