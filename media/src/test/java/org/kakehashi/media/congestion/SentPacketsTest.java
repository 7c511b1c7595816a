package org.kakehashi.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.rtp.RtcpPacket.TransportFeedback;
import org.kakehashi.media.rtp.TransportFeedbackBuilder;

class SentPacketsTest {
  private static final int LOST = TransportFeedback.NOT_RECEIVED;

  private final SentPackets sent = new SentPackets();
  private final List<String> fates = new ArrayList<>();
  private final SentPackets.Fates noted =
      new SentPackets.Fates() {
        @Override
        public void arrived(long sentMicros, long arrivedMicros, int bytes) {
          fates.add(sentMicros + ">" + arrivedMicros + ":" + bytes);
        }

        @Override
        public void missing() {
          fates.add("lost");
        }
      };

  private static TransportFeedback feedback(int base, int reference, Integer... deltas) {
    return new TransportFeedback(1, 2, base, reference, 0, List.of(deltas));
  }

  @Test
  void tellsWhatBecameOfEachPacketOnce() {
    for (int i = 0; i < 4; i++) {
      assertThat(sent.next()).isEqualTo(i);
      sent.sent(100 + i, i * 1_000_000L);
    }
    sent.feedback(feedback(0, 10, 4, LOST, 8), noted);
    assertThat(fates).containsExactly("0>641000:100", "lost", "2000>643000:102");
    fates.clear();
    sent.feedback(feedback(1, 10, 20, 8, 4), noted);
    assertThat(fates).containsExactly("3000>648000:103");
  }

  @Test
  void whatIsNotSentUsesNoNumber() {
    assertThat(sent.next()).isZero();
    assertThat(sent.next()).isZero();
    sent.sent(1, 0);
    assertThat(sent.next()).isEqualTo(1);
    assertThat(sent.count()).isEqualTo(1);
  }

  @Test
  void ignoresWhatWasNeverSentOrIsLongForgotten() {
    sent.feedback(feedback(5, 1, 1, 1, 1), noted);
    for (int i = 0; i < 3 * SentPackets.SIZE; i++) {
      sent.sent(1, i);
    }
    sent.feedback(feedback(0, 1, 1, 1), noted);
    sent.feedback(feedback(3 * SentPackets.SIZE, 1, 1, 1), noted);
    assertThat(fates).isEmpty();
  }

  @Test
  void countsTheReferenceOnWhereItWraps() {
    sent.sent(1, 0);
    sent.sent(1, 0);
    sent.feedback(feedback(0, 0x7FFFFF, 0), noted);
    sent.feedback(feedback(1, -0x800000, 0), noted);
    assertThat(fates)
        .containsExactly("0>" + 0x7FFFFFL * 64_000 + ":1", "0>" + 0x800000L * 64_000 + ":1");
  }

  /** Against the side that makes the reports: every packet's arrival as it was, to a quarter ms. */
  @Test
  void agreesWithWhoeverReports() {
    Random random = new Random(3);
    for (int run = 0; run < 50; run++) {
      SentPackets packets = new SentPackets();
      TransportFeedbackBuilder builder = new TransportFeedbackBuilder(1, 2);
      List<Long> arrived = new ArrayList<>();
      List<Long> reported = new ArrayList<>();
      long now = random.nextLong(1L << 40);
      for (int i = 0; i < 5_000; i++) {
        now += random.nextInt(3_000_000);
        int number = packets.next();
        packets.sent(100, now);
        if (random.nextInt(10) > 0) {
          builder.received(number, now + 5_000_000);
          arrived.add(now);
        }
        if (i % 40 == 39) {
          drain(builder, packets, reported);
        }
      }
      drain(builder, packets, reported);
      assertThat(reported).hasSize(arrived.size());
      long offset = reported.getFirst() - arrived.getFirst() / 1_000;
      for (int i = 0; i < arrived.size(); i++) {
        assertThat(reported.get(i) - arrived.get(i) / 1_000 - offset).isBetween(-501L, 501L);
      }
    }
  }

  private static void drain(
      TransportFeedbackBuilder builder, SentPackets packets, List<Long> reported) {
    var report = builder.build();
    while (report.isPresent()) {
      packets.feedback(
          report.get(),
          new SentPackets.Fates() {
            @Override
            public void arrived(long sentMicros, long arrivedMicros, int bytes) {
              reported.add(arrivedMicros);
            }

            @Override
            public void missing() {}
          });
      report = builder.build();
    }
  }
}
