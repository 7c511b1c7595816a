package org.kakehashi.server.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Listeners spread over the channels of the session: they come, hear, and leave. Thread: one at a
 * time.
 */
final class Crowd {
  private static final List<String> CHANNELS = List.of("floor", "fr", "ja");

  /** Offers under way at once. */
  private static final int AT_THE_DOOR = 4;

  private final MediaApi api;
  private final List<Listener> listeners = new ArrayList<>();
  private List<MediaApi.Connection> connections = List.of();

  Crowd(MediaApi api, int size) {
    this.api = api;
    for (int i = 0; i < size; i++) {
      listeners.add(new Listener());
    }
  }

  /** Connects everybody; returns when all hear something. */
  void come() {
    Semaphore door = new Semaphore(AT_THE_DOOR);
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<MediaApi.Connection>> coming = new ArrayList<>();
      for (int i = 0; i < listeners.size(); i++) {
        int number = i;
        coming.add(CompletableFuture.supplyAsync(() -> enter(number, door), each));
      }
      connections = coming.stream().map(CompletableFuture::join).toList();
    }
    Wait.until("everybody hears", () -> listeners.stream().allMatch(one -> one.heard() > 0));
  }

  private MediaApi.Connection enter(int number, Semaphore door) {
    door.acquireUninterruptibly();
    try {
      return api.listen(channel(number), listeners.get(number)::hear);
    } finally {
      door.release();
    }
  }

  /** Everybody counts from here. */
  void restart() {
    listeners.forEach(Listener::restart);
  }

  /** Everybody ends their connection. */
  void leave() {
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      connections.forEach(connection -> each.execute(connection::close));
    }
    connections = List.of();
  }

  List<Listener> listeners() {
    return List.copyOf(listeners);
  }

  /** The channel that a listener hears. */
  static String channel(int listener) {
    return CHANNELS.get(listener % CHANNELS.size());
  }
}
