package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.rtp.Streams.ticks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.rtp.JitterBuffer.Next;

class JitterBufferTest {
  private final JitterBuffer buffer = new JitterBuffer();
  private final List<MediaPacket> made = new ArrayList<>();

  @AfterEach
  void nothingLeaks() {
    buffer.close();
    for (MediaPacket packet : made) {
      assertThat(packet.payload().refCnt()).isOne();
    }
  }

  private MediaPacket packet(long sequence, long mediaMs, int milliseconds, int level) {
    int config = milliseconds == 10 ? 30 : milliseconds == 20 ? 31 : milliseconds == 40 ? 2 : 3;
    ByteBuf payload = Unpooled.wrappedBuffer(new byte[] {(byte) (config << 3), 1, 2});
    MediaPacket packet = new MediaPacket(payload, sequence, ticks(mediaMs), false, true, level);
    made.add(packet);
    return packet;
  }

  private boolean put(long sequence, long mediaMs, long nowMs) {
    return buffer.put(packet(sequence, mediaMs, 20, -20), ticks(nowMs));
  }

  /** What comes out at {@code nowMs}: a sequence number, "lost", "lost+fec" or "empty". */
  private Object next(long nowMs) {
    return switch (buffer.next(ticks(nowMs))) {
      case Next.Packet(MediaPacket packet, int samples) -> {
        packet.release();
        assertThat(samples).isPositive();
        yield packet.sequence();
      }
      case Next.Lost lost -> lost.following().isPresent() ? "lost+fec" : "lost";
      case Next.Empty _ -> "empty";
    };
  }

  @Test
  void holdsBackFortyMillisecondsAtFirst() {
    assertThat(next(0)).isEqualTo("empty");
    put(1, 0, 0);
    put(2, 20, 20);
    assertThat(next(20)).isEqualTo("empty");
    put(3, 40, 40);
    assertThat(next(40)).isEqualTo(1L);
    assertThat(next(60)).isEqualTo(2L);
    assertThat(next(80)).isEqualTo(3L);
  }

  @Test
  void putsPacketsInOrder() {
    put(1, 0, 0);
    put(3, 40, 40);
    put(2, 20, 41);
    assertThat(List.of(next(45), next(65), next(85))).isEqualTo(List.of(1L, 2L, 3L));
  }

  @Test
  void tellsALossAndOffersTheFollowingPacketForItsForwardErrorCorrection() {
    put(1, 0, 0);
    put(3, 40, 40);
    assertThat(next(40)).isEqualTo(1L);
    assertThat(next(60)).isEqualTo("lost+fec");
    assertThat(next(80)).isEqualTo(3L);
    assertThat(buffer.lost()).isOne();
    assertThat(put(2, 20, 81)).isFalse();
    assertThat(buffer.late()).isOne();
  }

  @Test
  void aLatePacketIsPlayedLaterRatherThanLost() {
    put(1, 0, 0);
    assertThat(next(40)).isEqualTo(1L);
    assertThat(next(60)).isEqualTo("lost");
    put(2, 20, 75);
    assertThat(next(80)).isEqualTo(2L);
    assertThat(buffer.lost()).isZero();
  }

  @Test
  void whatWasConcealedWhileEmptyIsNotConcealedTwice() {
    put(1, 0, 0);
    assertThat(next(40)).isEqualTo(1L);
    assertThat(next(60)).isEqualTo("lost");
    put(3, 40, 75);
    assertThat(next(80)).isEqualTo(3L);
    assertThat(buffer.lost()).isOne();
  }

  @Test
  void concealsThreeTimesThenFallsSilent() {
    put(1, 0, 0);
    assertThat(next(40)).isEqualTo(1L);
    List<Object> rest = List.of(next(60), next(80), next(100), next(120), next(140));
    assertThat(rest).isEqualTo(List.of("lost", "lost", "lost", "empty", "empty"));
  }

  @Test
  void aPauseOfTheSourceIsSilenceNotLoss() {
    put(1, 0, 0);
    assertThat(next(40)).isEqualTo(1L);
    put(2, 60, 60); // Follows on in sequence, but 40 ms later in time.
    assertThat(next(60)).isEqualTo("empty");
    assertThat(next(80)).isEqualTo("empty");
    assertThat(next(100)).isEqualTo(2L);
    assertThat(buffer.lost()).isZero();
  }

  @Test
  void refusesDuplicatesAndWhatIsNotOpus() {
    assertThat(put(1, 0, 0)).isTrue();
    assertThat(put(1, 0, 1)).isFalse();
    MediaPacket empty =
        new MediaPacket(Unpooled.EMPTY_BUFFER, 2, 960, false, true, MediaPacket.NO_LEVEL);
    assertThat(buffer.put(empty, 960)).isFalse();
    assertThat(buffer.size()).isOne();
  }

  @Test
  void aSourceThatCountsAnewStartsAnew() {
    put(1000, 0, 0);
    assertThat(next(40)).isEqualTo(1000L);
    put(5, 60, 60);
    assertThat(buffer.size()).isOne();
    put(6, 80, 80);
    assertThat(next(100)).isEqualTo(5L);
    put(1_000_000, 120, 120);
    assertThat(buffer.size()).isOne();
  }

  @Test
  void packetsOfAnyLengthComeOutAtTheRateTheyAreDecoded() {
    for (int length : new int[] {10, 20, 40, 60}) {
      JitterBuffer each = new JitterBuffer();
      long decoded = 0;
      long wanted = 0;
      int sent = 0;
      for (int now = 0; now < 6000; now += 10) {
        if (now % length == 0) {
          each.put(packet(sent, (long) sent * length, length, -20), ticks(now));
          sent++;
        }
        if (now % 20 == 0 && now >= 200) {
          wanted += 960;
          while (decoded < wanted) {
            Next next = each.next(ticks(now));
            assertThat(next).isInstanceOf(Next.Packet.class);
            if (next instanceof Next.Packet(MediaPacket packet, int samples)) {
              decoded += samples;
              assertThat(samples).isEqualTo(length * 48);
              packet.release();
            }
          }
        }
      }
      assertThat(each.lost()).isZero();
      each.close();
    }
  }

  @Test
  void depthFollowsTheJitterUpAndDown() {
    // The network delays evenly by up to 110 ms for 40 s, then hardly at all.
    Random random = new Random(7);
    long sequence = 0;
    PriorityQueue<long[]> underway = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
    int missed = 0;
    int missedLater = 0;
    long depthWhenRough = 0;
    for (int now = 0; now < 120_000; now += 20) {
      int jitter = now < 40_000 ? 110 : 5;
      underway.add(new long[] {now + random.nextInt(jitter), sequence++, now});
      while (!underway.isEmpty() && underway.peek()[0] <= now) {
        long[] arrived = underway.poll();
        buffer.put(packet(arrived[1], arrived[2], 20, -60), ticks(now));
      }
      Object next = next(now);
      boolean isMiss = now > 10_000 && !(next instanceof Long);
      missed += isMiss && now < 40_000 ? 1 : 0;
      missedLater += isMiss && now > 60_000 ? 1 : 0;
      depthWhenRough = now < 40_000 ? buffer.depth() : depthWhenRough;
    }
    assertThat(depthWhenRough).isBetween(ticks(100), ticks(140));
    assertThat(missed).isLessThan(1500 * 5 / 100);
    // Arrivals are looked at every 20 ms, so even 5 ms may count as 20.
    assertThat(buffer.depth()).isEqualTo(ticks(40));
    assertThat(buffer.size()).isLessThanOrEqualTo(3);
    assertThat(missedLater).isLessThan(10);
  }

  @Test
  void isBoundedWhenNobodyDecodesAndCatchesUpAfterwards() {
    for (int i = 0; i < 1000; i++) {
      put(i, 20L * i, 20L * i);
      assertThat(buffer.size()).isLessThanOrEqualTo(JitterBuffer.SLOTS);
    }
    long now = 20_000;
    Object next = next(now);
    assertThat((Long) next).isGreaterThan(980L);
  }

  @Test
  void anyOrderOfAnyPacketsIsSurvived() {
    Random random = new Random(42);
    Set<MediaPacket> given = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int round = 0; round < 200; round++) {
      JitterBuffer each = new JitterBuffer();
      long now = 0;
      for (int i = 0; i < 300; i++) {
        now += random.nextInt(ticksBound());
        long sequence =
            random.nextInt(50) == 0 ? random.nextInt(1 << 20) : i + random.nextInt(8) - 4 + 100;
        each.put(packet(sequence, random.nextInt(40_000), 20, -random.nextInt(100)), now);
        Next next = each.next(now);
        if (next instanceof Next.Packet(MediaPacket packet, int _)) {
          assertThat(given.add(packet)).isTrue();
          packet.release();
        }
        assertThat(each.size()).isBetween(0, JitterBuffer.SLOTS);
        assertThat(each.depth()).isBetween(ticks(20), ticks(200));
      }
      each.close();
    }
  }

  private static int ticksBound() {
    return (int) ticks(40);
  }
}
