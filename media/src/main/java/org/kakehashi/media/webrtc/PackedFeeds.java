package org.kakehashi.media.webrtc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.kakehashi.media.channel.Feed;

/**
 * The packed sound of one loop's feeds: who is to get it, and in which phase. Each feed's is there
 * while somebody hears it. On the loop, but for {@link #listeners}.
 */
final class PackedFeeds {
  private final MediaLoop loop;
  private final Packing packing;
  private final LoopLoad load;
  private final Map<Feed, List<PackedFeed>> all = new IdentityHashMap<>();
  private volatile int listeners;

  PackedFeeds(MediaLoop loop, Packing packing, LoopLoad load) {
    this.loop = loop;
    this.packing = packing;
    this.load = load;
  }

  /** Whether a listener whose packets may hold so much is to get packed sound now. */
  boolean isFor(int maxMillis) {
    if (maxMillis < packing.millis()) {
      return false;
    }
    return switch (packing.when()) {
      case NEVER -> false;
      case CROWDED -> load.isCrowded();
      case ALWAYS -> true;
    };
  }

  /** A feed's packed sound, in the phase that fewest hear; let go of once nobody hears any. */
  PackedFeed of(Feed feed) {
    return all.computeIfAbsent(feed, this::phases).stream()
        .min(Comparator.comparingInt(PackedFeed::claimed))
        .orElseThrow();
  }

  private List<PackedFeed> phases(Feed feed) {
    List<PackedFeed> phases = new ArrayList<>();
    for (int phase = packing.frames() - 1; phase >= 0; phase--) {
      PackedFeed begun = new PackedFeed(loop, feed, packing, phase);
      begun.open();
      phases.add(begun);
    }
    return List.copyOf(phases);
  }

  /** Sends what waits for frames that do not come, and counts; at every turn of the loop. */
  void tick() {
    int hearing = 0;
    for (Iterator<List<PackedFeed>> each = all.values().iterator(); each.hasNext(); ) {
      List<PackedFeed> phases = each.next();
      boolean used = false;
      for (PackedFeed feed : phases) {
        feed.tick(loop.now(), (packing.frames() + 1) * MediaLoop.TICK_NANOS);
        hearing += feed.listeners();
        used |= !feed.isUnused();
      }
      if (!used) {
        phases.forEach(PackedFeed::close);
        each.remove();
      }
    }
    listeners = hearing;
  }

  /** How many listeners get packed sound. Any thread. */
  int listeners() {
    return listeners;
  }
}
