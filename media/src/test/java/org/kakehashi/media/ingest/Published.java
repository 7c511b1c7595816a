package org.kakehashi.media.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Sink;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.H264Reassembly;

/** Keeps what a source publishes, and when. Read it after the player has ended. */
final class Published implements Sink {
  /** A packet, copied. */
  record Seen(
      byte[] payload,
      long sequence,
      long mediaTime,
      boolean marker,
      boolean keyFrame,
      int level,
      long at) {}

  /** The NAL units of a frame. */
  record Frame(List<byte[]> nalUnits, boolean keyFrame, long mediaTime) {}

  private final List<Seen> packets = new ArrayList<>();
  private Runnable then = () -> {};

  static Published of(Source source) {
    Published published = new Published();
    source.attach(published);
    return published;
  }

  /** Runs on the player's thread after each packet. */
  void then(Runnable action) {
    then = action;
  }

  @Override
  public void accept(Source from, MediaPacket packet) {
    packets.add(
        new Seen(
            ByteBufUtil.getBytes(packet.payload()),
            packet.sequence(),
            packet.mediaTime(),
            packet.marker(),
            packet.keyFrame(),
            packet.level(),
            from.clock().now()));
    then.run();
  }

  List<Seen> packets() {
    return packets;
  }

  /** The packets put together as a receiver does: a frame ends at the marker. */
  List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    H264Reassembly receiver = new H264Reassembly();
    boolean key = false;
    for (Seen packet : packets) {
      ByteBuf payload = Unpooled.wrappedBuffer(packet.payload());
      receiver.add(payload);
      key |= packet.keyFrame();
      if (packet.marker()) {
        frames.add(new Frame(receiver.nalUnits(), key, packet.mediaTime()));
        receiver = new H264Reassembly();
        key = false;
      }
    }
    return frames;
  }
}
