package org.kakehashi.server.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often one address may do something: a bucket of a minute's permits, refilled evenly. An IPv6
 * client has a whole /64 to choose from, so that counts as one address.
 *
 * <p>Thread: any. Bounded: the addresses longest unseen are forgotten first, which forgives them.
 */
final class AddressRateLimit {
  private static final int MAX_ADDRESSES = 20_000;
  private static final double MINUTE_NANOS = 60e9;

  private final int perMinute;
  private final LongSupplier nanoTime;
  private final Map<Object, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  private static final class Bucket {
    double permits;
    long at;
  }

  AddressRateLimit(int perMinute, LongSupplier nanoTime) {
    this.perMinute = perMinute;
    this.nanoTime = nanoTime;
  }

  /** Takes a permit. Zero if there was one, else how long until there is. */
  synchronized Duration take(InetAddress address) {
    long now = nanoTime.getAsLong();
    Bucket bucket = buckets.get(key(address));
    if (bucket == null) {
      bucket = new Bucket();
      bucket.permits = perMinute;
      bucket.at = now;
      buckets.put(key(address), bucket);
    }
    bucket.permits =
        Math.min(perMinute, bucket.permits + (now - bucket.at) * perMinute / MINUTE_NANOS);
    bucket.at = now;
    if (bucket.permits >= 1) {
      bucket.permits--;
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) Math.ceil((1 - bucket.permits) * MINUTE_NANOS / perMinute));
  }

  private static Object key(InetAddress address) {
    return address instanceof Inet6Address six
        ? ByteBuffer.wrap(six.getAddress()).getLong()
        : address;
  }
}
