package org.kakehashi.media.rtp;

/**
 * Keeps packets sent again to half of those sent, so that a listener on a broken line, or one of
 * ill will, does not multiply its traffic. Thread: the listener's media loop.
 */
final class RetransmissionBudget {
  private static final int MAX = 256;

  /** In half packets. */
  private int left = MAX;

  void sent() {
    if (left < MAX) {
      left++;
    }
  }

  boolean take() {
    if (left < 2) {
      return false;
    }
    left -= 2;
    return true;
  }
}
