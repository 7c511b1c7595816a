package org.kakehashi.media.channel;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Copies one stream to its listeners: a packet crosses to each media loop once, however many listen
 * there.
 *
 * <p>Threads: {@link #publish} runs on the source's thread; each loop's list of listeners is read
 * and changed on that loop only, so a change of subscription falls between two packets and needs no
 * lock.
 */
public final class FanOut implements Feed {
  private final CopyOnWriteArrayList<LoopGroup> groups = new CopyOnWriteArrayList<>();
  private final AtomicInteger listeners = new AtomicInteger();

  @Override
  public void subscribe(Listener listener) {
    LoopGroup group = group(listener.loop());
    run(listener.loop(), () -> group.add(listener));
  }

  @Override
  public void unsubscribe(Listener listener) {
    LoopGroup group = group(listener.loop());
    run(listener.loop(), () -> group.remove(listener));
  }

  /** Copies {@code packet} to all listeners. Does not consume the caller's reference. */
  public void publish(Source from, MediaPacket packet) {
    for (LoopGroup group : groups) {
      if (group.size == 0) {
        continue;
      }
      if (group.loop.inEventLoop()) {
        group.deliver(from, packet);
      } else {
        packet.retain();
        try {
          group.loop.execute(
              () -> {
                try {
                  group.deliver(from, packet);
                } finally {
                  packet.release();
                }
              });
        } catch (RejectedExecutionException closed) {
          packet.release(); // The loop is shutting down: nobody is left there to hear it.
        }
      }
    }
  }

  /** How many listen now. */
  public int listeners() {
    return listeners.get();
  }

  private LoopGroup group(EventExecutor loop) {
    for (LoopGroup group : groups) {
      if (group.loop == loop) {
        return group;
      }
    }
    synchronized (groups) {
      for (LoopGroup group : groups) {
        if (group.loop == loop) {
          return group;
        }
      }
      LoopGroup group = new LoopGroup(loop);
      groups.add(group);
      return group;
    }
  }

  private static void run(EventExecutor loop, Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
      return;
    }
    try {
      loop.execute(task);
    } catch (RejectedExecutionException closed) {
      // The loop is shutting down, and its listeners with it.
    }
  }

  /** The listeners of one loop. Confined to that loop, but for {@link #size}. */
  private final class LoopGroup {
    private final EventExecutor loop;
    private final List<Listener> members = new ArrayList<>();
    private volatile int size;

    LoopGroup(EventExecutor loop) {
      this.loop = loop;
    }

    void add(Listener listener) {
      if (!members.contains(listener)) {
        members.add(listener);
        size = members.size();
        listeners.incrementAndGet();
      }
    }

    void remove(Listener listener) {
      if (members.remove(listener)) {
        size = members.size();
        listeners.decrementAndGet();
      }
    }

    void deliver(Source from, MediaPacket packet) {
      // By index: a listener may leave while it is called.
      for (int i = members.size() - 1; i >= 0; i--) {
        members.get(i).accept(from, packet);
      }
    }
  }
}
