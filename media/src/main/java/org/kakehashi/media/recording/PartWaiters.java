package org.kakehashi.media.recording;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Those who wait for parts of one track; one stage a part, however many wait. Thread: any. */
final class PartWaiters {
  private static final CompletionStage<Void> NOW = CompletableFuture.completedStage(null);

  private final Map<Place, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

  private record Place(long segment, int part) {}

  /** Tells whether a part can be read now. */
  @FunctionalInterface
  interface Availability {
    boolean isAvailable(long segment, int part);
  }

  CompletionStage<Void> waitFor(long segment, int part, Availability availability) {
    if (availability.isAvailable(segment, part)) {
      return NOW;
    }
    CompletableFuture<Void> stage =
        waiting.computeIfAbsent(new Place(segment, part), place -> new CompletableFuture<>());
    if (availability.isAvailable(segment, part)) {
      complete(availability); // It came meanwhile.
    }
    return stage.minimalCompletionStage();
  }

  void complete(Availability availability) {
    for (Map.Entry<Place, CompletableFuture<Void>> entry : waiting.entrySet()) {
      Place place = entry.getKey();
      if (availability.isAvailable(place.segment, place.part)
          && waiting.remove(place, entry.getValue())) {
        entry.getValue().complete(null);
      }
    }
  }
}
