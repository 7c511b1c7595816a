package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kakehashi.media.rtp.Streams.sound;
import static org.kakehashi.media.rtp.Streams.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

class PacketCacheTest {
  private final Source source = source("s", Codec.OPUS);
  private final PacketCache cache = new PacketCache(16, 1000, MediaClock.RATE);
  private final List<MediaPacket> made = new ArrayList<>();

  @AfterEach
  void everyReferenceIsGivenBack() {
    cache.close();
    for (MediaPacket packet : made) {
      assertThat(packet.payload().refCnt()).isOne();
    }
  }

  private void put(long sequence, long mediaTime) {
    MediaPacket packet = sound(sequence, mediaTime);
    made.add(packet);
    cache.accept(source, packet);
  }

  private boolean has(long sequence) {
    Optional<MediaPacket> packet = cache.take(sequence);
    packet.ifPresent(
        found -> {
          assertThat(found.sequence()).isEqualTo(sequence);
          assertThat(found.payload().refCnt()).isEqualTo(3);
          found.release();
        });
    return packet.isPresent();
  }

  @Test
  void holdsTheLastPackets() {
    assertThat(has(0)).isFalse();
    for (int i = 0; i < 100; i++) {
      put(i, i * 960L);
    }
    assertThat(has(83)).isFalse();
    assertThat(has(84)).isTrue();
    assertThat(has(99)).isTrue();
    assertThat(has(100)).isFalse();
    assertThat(cache.bytes()).isEqualTo(16 * Streams.OPUS_20_MS.length);
  }

  @Test
  void takesLatePacketsAndNotesGaps() {
    put(10, 0);
    put(13, 2880);
    put(12, 1920);
    put(9, 0); // Older than the oldest.
    put(12, 1920);
    assertThat(List.of(has(9), has(10), has(11), has(12), has(13)))
        .isEqualTo(List.of(false, true, false, true, true));
  }

  @Test
  void letsGoOfWhatIsTooOldOrTooMuch() {
    put(1, 0);
    put(2, 10);
    put(3, MediaClock.RATE + 5);
    assertThat(List.of(has(1), has(2), has(3))).isEqualTo(List.of(false, true, true));
    PacketCache small = new PacketCache(16, 10, MediaClock.RATE);
    for (int i = 0; i < 10; i++) {
      MediaPacket packet = sound(i, i);
      made.add(packet);
      small.accept(source, packet);
      assertThat(small.bytes()).isLessThanOrEqualTo(10);
    }
    small.close();
  }

  @Test
  void startsAnewWithACountThatDoes() {
    put(1000, 0);
    put(5, 960);
    assertThat(has(1000)).isFalse();
    assertThat(has(5)).isTrue();
    put(1_000_000, 1920);
    assertThat(has(5)).isFalse();
    assertThat(has(1_000_000)).isTrue();
  }

  @Test
  void closedItKeepsNothing() {
    put(1, 0);
    cache.close();
    put(2, 960);
    assertThat(has(1)).isFalse();
    assertThat(has(2)).isFalse();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void anySequenceLeavesTheCountsRight() {
    Random random = new Random(4588);
    for (int i = 0; i < 20_000; i++) {
      int jump = random.nextInt(100) == 0 ? random.nextInt(10_000) : random.nextInt(20);
      put(Math.max(0, i + jump - 10), i * 960L);
      cache.take(i - random.nextInt(20)).ifPresent(MediaPacket::release);
      assertThat(cache.bytes()).isBetween(0L, 16L * Streams.OPUS_20_MS.length);
    }
  }

  @Test
  void aPacketTakenOnAnotherThreadIsWhole() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread reader =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((_, problem) -> failure.set(problem))
            .start(
                () -> {
                  for (int i = 0; i < 20_000; i++) {
                    cache
                        .take(i)
                        .ifPresent(
                            packet -> {
                              assertThat(packet.payload().getByte(0)).isEqualTo((byte) 0xF8);
                              packet.release();
                            });
                  }
                });
    for (int i = 0; i < 20_000; i++) {
      put(i, i * 960L);
    }
    reader.join();
    assertThat(failure.get()).isNull();
  }

  @Test
  void refusesACapacityItCannotIndex() {
    assertThatThrownBy(() -> new PacketCache(100, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
