package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.rtp.Streams.source;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/** A listener's packet costs no memory: 300 listeners are 15,000 packets a second. */
class SteadyPathTest {
  private static final int PACKETS = 20_000;

  @Test
  void aPacketToAListenerAllocatesNothing() {
    SendStream stream =
        new SendStream(
            new SendFormat(
                7, Map.of(Codec.OPUS, 111), new HeaderExtensions(1, 0, 0, 4, 0), "0", "listener"),
            Streams.clock(),
            new Random(1));
    Source source = source("fr", Codec.OPUS);
    MediaPacket[] packets = new MediaPacket[2 * PACKETS];
    for (int i = 0; i < packets.length; i++) {
      packets[i] = Streams.sound(i, i * 960L);
    }
    ByteBuf out = new UnpooledByteBufAllocator(false, true).heapBuffer(1500);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    write(stream, source, packets, 0, out);
    long before = threads.getCurrentThreadAllocatedBytes();
    write(stream, source, packets, PACKETS, out);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // The measurement itself, and at most a frame of the compiler's: far below a byte a packet.
    assertThat(allocated).isLessThan(PACKETS / 2);
    out.release();
  }

  private static void write(
      SendStream stream, Source source, MediaPacket[] packets, int from, ByteBuf out) {
    for (int i = from; i < from + PACKETS; i++) {
      out.clear();
      stream.write(source, packets[i], out);
    }
  }
}
