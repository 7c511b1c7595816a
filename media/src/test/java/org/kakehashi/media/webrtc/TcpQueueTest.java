package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Lines of several widths, millisecond by millisecond. */
class TcpQueueTest {
  /** What Netty counts beside a packet's bytes. */
  private static final int OVERHEAD = 194;

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private record Packet(long millis, int bytes, boolean picture) {}

  /** A queue, the kernel behind it, and a line behind that. */
  private static final class Line {
    final TcpQueue queue = new TcpQueue(0);
    private final Queue<Packet> waiting = new ArrayDeque<>();
    private final Queue<Packet> kernel = new ArrayDeque<>();
    private long waitingBytes;
    private long kernelBytes;
    private double bytesAMilli;
    private double credit;
    private long now;
    int soundsDropped;
    int picturesDropped;
    long latestSound;
    long most;

    Line(int kilobits) {
      bytesAMilli = kilobits / 8.0;
    }

    void send(int bytes, boolean picture) {
      if (!queue.takes(picture, waitingBytes, now * MILLI)) {
        soundsDropped += picture ? 0 : 1;
        picturesDropped += picture ? 1 : 0;
        return;
      }
      queue.added(bytes);
      waiting.add(new Packet(now, bytes, picture));
      waitingBytes += bytes + OVERHEAD;
      most = Math.max(most, waitingBytes);
      fill();
    }

    private void fill() {
      while (!waiting.isEmpty() && kernelBytes < TcpQueue.UNSENT) {
        Packet next = waiting.remove();
        waitingBytes -= next.bytes() + OVERHEAD;
        kernel.add(next);
        kernelBytes += next.bytes();
      }
    }

    void passMilli() {
      now++;
      credit = kernel.isEmpty() ? 0 : credit + bytesAMilli;
      while (!kernel.isEmpty() && credit >= kernel.element().bytes()) {
        Packet gone = kernel.remove();
        credit -= gone.bytes();
        kernelBytes -= gone.bytes();
        if (!gone.picture()) {
          latestSound = Math.max(latestSound, now - gone.millis());
        }
      }
      fill();
    }
  }

  /** Sound every 20 ms, a frame every 40, one in a hundred a key frame ten times as large. */
  private static void run(Line line, int seconds, int frameBytes) {
    for (int milli = 0; milli < seconds * 1_000; milli++) {
      if (milli % 20 == 0) {
        line.send(130, false);
      }
      int left = milli % 40 > 0 ? 0 : milli % 4_000 == 0 ? 10 * frameBytes : frameBytes;
      for (; left > 0; left -= 1_100) {
        line.send(Math.min(left, 1_100), true);
      }
      line.passMilli();
    }
  }

  @Test
  void onANarrowLineSoundIsWholeAndNotASecondLate() {
    for (int kilobits : new int[] {300, 500, 1_000}) {
      Line line = new Line(kilobits);
      run(line, 30, 7_500);
      assertThat(line.soundsDropped).isZero();
      assertThat(line.latestSound).as("ms on %s kbit/s", kilobits).isLessThan(1_000);
      assertThat(line.picturesDropped).isPositive();
    }
  }

  @Test
  void aLineThatIsWideEnoughGetsEverything() {
    Line line = new Line(10_000);
    run(line, 3, 7_500);
    line.picturesDropped = 0; // The first key frame came before anything was known of the line.
    run(line, 30, 7_500);
    assertThat(line.picturesDropped).isZero();
    assertThat(line.soundsDropped).isZero();
  }

  @Test
  void aLineThatBecomesNarrowLosesNoSound() {
    Line line = new Line(10_000);
    run(line, 3, 7_500);
    line.bytesAMilli = 300 / 8.0;
    run(line, 5, 7_500);
    assertThat(line.soundsDropped).isZero();
    line.latestSound = 0;
    run(line, 30, 7_500);
    assertThat(line.soundsDropped).isZero();
    assertThat(line.latestSound).isLessThan(1_000);
  }

  @Test
  void aLineThatIsDeadGetsNoMoreThanSomeSound() {
    Line line = new Line(10_000);
    run(line, 3, 7_500);
    line.bytesAMilli = 0;
    run(line, 2, 7_500);
    assertThat(line.soundsDropped).isZero();
    run(line, 30, 7_500);
    assertThat(line.soundsDropped).isPositive();
    assertThat(line.most).isLessThan(256 * 1024 + TcpQueue.SOUND + 2_000);
    line.bytesAMilli = 300 / 8.0;
    run(line, 30, 7_500);
    line.latestSound = 0;
    run(line, 5, 7_500);
    assertThat(line.latestSound).isLessThan(1_000);
  }
}
