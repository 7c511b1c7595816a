package org.kakehashi.media.webrtc;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.PacketCache;

/**
 * For each source that somebody listens to, one cache of its last packets, whoever its listeners
 * are; gone with the last of them. Any thread.
 */
final class SourceCaches {
  private static final long MAX_AGE = MediaClock.ticksIn(Duration.ofSeconds(1));

  private final Map<Source, Shared> caches = new ConcurrentHashMap<>();

  private record Shared(PacketCache cache, int users) {}

  /** Keeps {@code source}'s packets from now on; one {@link #leave} for each call. */
  void use(Source source) {
    caches.compute(
        source,
        (same, shared) -> {
          if (shared != null) {
            return new Shared(shared.cache(), shared.users() + 1);
          }
          PacketCache cache =
              source.codec().isAudio()
                  ? new PacketCache(64, 64 * 1024, MAX_AGE)
                  : new PacketCache(1_024, 4 * 1024 * 1024, MAX_AGE);
          source.attach(cache);
          return new Shared(cache, 1);
        });
  }

  /** Undoes one {@link #use}. */
  void leave(Source source) {
    caches.computeIfPresent(
        source,
        (same, shared) -> {
          if (shared.users() > 1) {
            return new Shared(shared.cache(), shared.users() - 1);
          }
          source.detach(shared.cache());
          shared.cache().close();
          return null;
        });
  }

  /** The cache of a source that is in use. */
  Optional<PacketCache> of(Source source) {
    Shared shared = caches.get(source);
    return shared == null ? Optional.empty() : Optional.of(shared.cache());
  }

  int size() {
    return caches.size();
  }
}
