package org.kakehashi.media.webrtc.srtp;

import java.util.ArrayDeque;

/**
 * Contexts of OpenSSL's that wait for a key. They are made many at a time, and so lie side by side:
 * a loop that goes from listener to listener then finds the next one's where the processor has
 * already looked, while contexts made one by one lie scattered among all that a join leaves behind.
 *
 * <p>Any thread.
 */
final class GcmContexts {
  /** Made at a time. */
  private static final int ROW = 64;

  /** Kept for the next to come; what goes beyond is given back. */
  static final int MOST_IDLE = 4_096;

  private static final byte[] NO_KEY = new byte[SrtpProfile.KEY_LENGTH];

  private final LibCrypto crypto;
  private final ArrayDeque<Long> idle = new ArrayDeque<>();

  GcmContexts(LibCrypto crypto) {
    this.crypto = crypto;
  }

  /** A context that encrypts with this key; to be {@linkplain #giveBack given back}. */
  long take(byte[] key) {
    long context;
    synchronized (this) {
      if (idle.isEmpty()) {
        for (int i = 0; i < ROW; i++) {
          idle.addLast(crypto.context(NO_KEY));
        }
      }
      context = idle.removeFirst();
    }
    crypto.key(context, key);
    return context;
  }

  /** Forgets the context's key, and keeps it for somebody else. */
  void giveBack(long context) {
    crypto.key(context, NO_KEY);
    synchronized (this) {
      if (idle.size() < MOST_IDLE) {
        idle.addFirst(context);
        return;
      }
    }
    crypto.free(context);
  }

  /** How many wait. */
  synchronized int idle() {
    return idle.size();
  }
}
