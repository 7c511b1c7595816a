package org.kakehashi.media.rtp;

import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;

/**
 * How much of one outgoing track is lost between us and the listener. A listener's reports count
 * the numbers that we left out, too, because their packets had not reached us: those are taken off,
 * or one speaker's poor uplink would look like a poor line of everybody who listens.
 *
 * <p>Thread: the listener's media loop. Costs nothing where no number is left out.
 */
final class LineLoss {
  /** So many packets decide: one lost of them is chance. */
  private static final double HORIZON = 500;

  /** As many gaps as come between two reports are told apart from those under way; mostly one. */
  private static final int GAPS = 8;

  private final long[] ends = new long[GAPS];
  private final int[] sizes = new int[GAPS];
  private int gaps;
  private int cameLate;
  private long reportedTo;
  private long reportedLost;
  private double share;

  /**
   * @param before the number before the first packet
   */
  LineLoss(long before) {
    this.reportedTo = before;
  }

  /**
   * Takes note of numbers that no packet bears.
   *
   * @param last the last of them; higher than all before
   * @param count how many they are
   */
  void leftOut(long last, long count) {
    if (gaps == GAPS) { // The oldest two are long since on the other side, and count as one.
      sizes[1] += sizes[0];
      forget(1);
    }
    ends[gaps] = last;
    sizes[gaps++] = (int) count;
  }

  /** A packet that had been left out was sent after all. */
  void cameLate(long sequence) {
    if (sequence <= reportedTo) {
      cameLate++; // It was taken off a report; the listener's count goes back in the next.
      return;
    }
    for (int i = 0; i < gaps; i++) {
      if (sequence <= ends[i]) {
        sizes[i]--;
        return;
      }
    }
  }

  /**
   * Takes a report. One that says nothing new, or speaks of packets that were not sent, is left
   * aside.
   *
   * @param sent the highest number sent
   */
  void report(ReportBlock block, long sent) {
    long upTo = Unwrapper.nearestSequence(sent, block.highestSequence());
    if (upTo > sent || upTo <= reportedTo) {
      return;
    }
    long ours = takeLeftOut(upTo);
    long packets = upTo - reportedTo - ours;
    long lost = Math.clamp(block.cumulativeLost() - reportedLost - ours, 0, Math.max(0, packets));
    reportedTo = upTo;
    reportedLost = block.cumulativeLost();
    if (packets > 0) {
      share += ((double) lost / packets - share) * Math.min(1, packets / HORIZON);
    }
  }

  /** The share lost of late, 0 to 1: of some ten seconds of sound. */
  double share() {
    return share;
  }

  private long takeLeftOut(long upTo) {
    long taken = -cameLate;
    cameLate = 0;
    int past = 0;
    while (past < gaps && ends[past] <= upTo) {
      taken += sizes[past++];
    }
    forget(past);
    return taken;
  }

  private void forget(int oldest) {
    gaps -= oldest;
    System.arraycopy(ends, oldest, ends, 0, gaps);
    System.arraycopy(sizes, oldest, sizes, 0, gaps);
  }
}
