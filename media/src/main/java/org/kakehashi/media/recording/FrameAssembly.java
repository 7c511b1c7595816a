package org.kakehashi.media.recording;

import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.Depacketizer;

/**
 * Puts the frames of whoever is shown together, and leaves out those that cannot be decoded: with a
 * loss in them or before them, until the next key frame.
 *
 * <p>Thread: the recorder's.
 */
final class FrameAssembly {
  /** Packets whose media times differ by less belong to one frame: 2 ms. */
  private static final long SAME = 96;

  private static final int WAITING = 1_024;

  private final PacketOrder order = new PacketOrder(WAITING, this::take);
  private final Out out;
  private @Nullable Depacketizer depacketizer;
  private long time = Long.MIN_VALUE;
  private boolean spoilt;
  private boolean lost;
  private long damaged;

  /** Where frames go. */
  interface Out {
    /** Another source is shown from now on. */
    void begin(Source from);

    /**
     * Takes a frame to which nothing is missing.
     *
     * @param mediaTime of the session
     * @param afterLoss whether frames since the last one are missing, so that only a key frame
     *     helps
     * @return false if it was of no use, because only a key frame would have been
     */
    boolean frame(Source from, long mediaTime, Depacketizer frame, boolean afterLoss);
  }

  FrameAssembly(Out out) {
    this.out = out;
  }

  /** Takes a packet as it comes. */
  void accept(Source from, MediaPacket packet) {
    order.add(from, packet);
  }

  /** Waits no longer for what is older than {@code due}, a media time of the session. */
  void release(long due) {
    order.release(due);
  }

  /** Waits for nothing that is missing now. */
  void flush() {
    order.flush();
  }

  /** Lets go of everything that waits. */
  void discard() {
    order.discard();
  }

  /** How many packets came too late. */
  long late() {
    return order.late();
  }

  /** How many frames were left out. */
  long damaged() {
    return damaged;
  }

  private void take(Source from, MediaPacket packet, boolean afterLoss, boolean first) {
    Depacketizer current = depacketizer;
    if (first || current == null) {
      current = Depacketizer.of(from.codec());
      depacketizer = current;
      lost = false;
      spoilt = false;
      time = packet.mediaTime();
      out.begin(from);
    }
    boolean begins = Math.abs(packet.mediaTime() - time) > SAME;
    if (afterLoss) {
      current.clear();
      lost = true;
      spoilt = !packet.keyFrame();
    } else if (begins) {
      finish(from, current); // Its last packet did not say so.
    }
    if (begins || afterLoss) {
      time = packet.mediaTime();
    }
    current.add(packet.payload());
    if (packet.marker()) {
      finish(from, current);
    }
  }

  private void finish(Source from, Depacketizer frame) {
    if (frame.frame().isReadable() || spoilt) {
      boolean whole = frame.isWhole() && !spoilt;
      if (whole && out.frame(from, time, frame, lost)) {
        lost = false;
      } else {
        damaged++;
        lost = true;
      }
    }
    frame.clear();
    spoilt = false;
  }
}
