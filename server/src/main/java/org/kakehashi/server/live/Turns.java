package org.kakehashi.server.live;

import java.util.function.Supplier;
import org.kakehashi.server.people.Person;

/**
 * The turns in which a session is changed: one after the other on its thread, each change followed
 * by {@link Room#settle} and by what the sockets are sent; only {@link Room#settleAudience} follows
 * where somebody comes or goes who only listens.
 *
 * <p>Thread: any that may wait, but where a method says otherwise.
 */
final class Turns {
  private final SessionThread thread;
  private final Room room;
  private final News news;

  Turns(SessionThread thread, Room room, News news) {
    this.thread = thread;
    this.room = room;
    this.news = news;
  }

  /** Looks at what is, in a turn, and changes nothing. */
  <T> T look(Supplier<T> at) {
    return thread.call(at);
  }

  /** A turn that changes nothing others are told of, or sees to that itself. */
  void run(Runnable action) {
    thread.call(
        () -> {
          action.run();
          return true;
        });
  }

  /** The same, but returns at once: nobody waits for it. Thread: any. */
  void leave(Runnable action) {
    thread.execute(action);
  }

  /** A turn in which {@code who} changes something, and all that follows from it. */
  <T> T change(Person who, Supplier<T> action) {
    return thread.call(
        () -> {
          T result = action.get();
          room.settle();
          news.flushAfter(who);
          return result;
        });
  }

  /** A turn in which {@code who} comes, to see or to hear. */
  <T> T attend(Person who, Supplier<T> action) {
    return thread.call(
        () -> {
          T result = action.get();
          settleFor(who);
          return result;
        });
  }

  /** {@code who} comes or goes, within a turn under way. Thread: the session's. */
  void goOnAttending(Person who, Runnable action) {
    action.run();
    settleFor(who);
  }

  private void settleFor(Person who) {
    if (who.role().onlyListens()) {
      room.settleAudience();
    } else {
      room.settle();
    }
    news.flushAfter(who);
  }

  /** A turn as {@link #change} for what has no result. */
  void act(Person who, Runnable action) {
    run(() -> goOn(who, action));
  }

  /** A change within a turn under way, and all that follows from it. Thread: the session's. */
  void goOn(Person who, Runnable action) {
    action.run();
    room.settle();
    news.flushAfter(who);
  }

  /** A turn of the house's own people: everybody is told at once. */
  <T> T ofHouse(Supplier<T> action) {
    return thread.call(
        () -> {
          T result = action.get();
          room.settle();
          news.flush();
          return result;
        });
  }
}
