package org.kakehashi.server.http;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.kakehashi.server.people.Role;

/** All session sockets of the node: bounded while it runs, told to reconnect when it stops. */
final class OpenSockets {
  /** One place in so many is kept for those who do not only listen. */
  private static final int KEPT = 20;

  private final int most;
  private final AtomicInteger places = new AtomicInteger();
  private final Set<SessionSocket> open = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> allGone = new CompletableFuture<>();
  private volatile boolean stopping;

  OpenSockets(int most) {
    this.most = most;
  }

  /** Takes a place for one more; false if there is none. */
  boolean reserve() {
    if (stopping) {
      return false;
    }
    if (places.incrementAndGet() > most) {
      release();
      return false;
    }
    return true;
  }

  /** Whether somebody who has taken a place may keep it, being of {@code role}. */
  boolean hasRoomFor(Role role) {
    return !role.onlyListens() || places.get() <= most - most / KEPT;
  }

  /** Gives back a place that no socket came to take. */
  void release() {
    places.decrementAndGet();
  }

  void add(SessionSocket socket) {
    open.add(socket);
    if (stopping) {
      socket.goAway();
    }
  }

  void remove(SessionSocket socket) {
    if (open.remove(socket)) {
      release();
    }
    if (stopping && open.isEmpty()) {
      allGone.complete(null);
    }
  }

  int count() {
    return open.size();
  }

  /**
   * Closes all with 1001, and takes no more.
   *
   * @return completes when the last one is closed
   */
  CompletableFuture<Void> goAway() {
    stopping = true;
    open.forEach(SessionSocket::goAway);
    if (open.isEmpty()) {
      allGone.complete(null);
    }
    return allGone;
  }
}
