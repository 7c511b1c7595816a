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
  private final boolean inTurns;
  private final CopyOnWriteArrayList<LoopGroup> groups = new CopyOnWriteArrayList<>();
  private final AtomicInteger listeners = new AtomicInteger();

  /** Each packet goes to every listener at once: sound, of which there is one at a time. */
  public FanOut() {
    this(false);
  }

  private FanOut(boolean inTurns) {
    this.inTurns = inTurns;
  }

  /**
   * What comes in one turn of a loop goes to one listener after the other, so that the packets of a
   * picture leave for each of them in one go.
   */
  public static FanOut ofPictures() {
    return new FanOut(true);
  }

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
    private final List<Source> sources = new ArrayList<>();
    private final List<MediaPacket> packets = new ArrayList<>();
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
      if (inTurns && loop.inEventLoop()) { // A recorder's has no turns: it comes by now and then.
        collect(from, packet);
        return;
      }
      // By index: a listener may leave while it is called.
      for (int i = members.size() - 1; i >= 0; i--) {
        members.get(i).accept(from, packet);
      }
    }

    private void collect(Source from, MediaPacket packet) {
      sources.add(from);
      packets.add(packet.retain());
      if (packets.size() > 1) {
        return; // The turn's end was asked for with the first.
      }
      try {
        loop.execute(this::deliverTurn);
      } catch (RejectedExecutionException closing) {
        deliverTurn();
      }
    }

    /** Whether it has not left meanwhile. */
    private boolean isAt(int place, Listener member) {
      return place < members.size() && members.get(place) == member;
    }

    private void deliverTurn() {
      try {
        for (int i = members.size() - 1; i >= 0; i--) {
          Listener member = members.get(i);
          for (int k = 0; k < packets.size() && isAt(i, member); k++) {
            member.accept(sources.get(k), packets.get(k));
          }
        }
      } finally {
        packets.forEach(MediaPacket::release);
        sources.clear();
        packets.clear();
      }
    }
  }
}
