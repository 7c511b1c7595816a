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
    MediaPacket[] packets = new MediaPacket[PACKETS];
    for (int i = 0; i < packets.length; i++) {
      packets[i] = Streams.sound(i, i * 960L);
    }
    ByteBuf out = new UnpooledByteBufAllocator(false, true).heapBuffer(1500);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    // The compiler needs some rounds, on a busy machine many, before what it can spare is spared.
    for (int attempt = 0; attempt < 40 && allocated >= PACKETS / 2; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      write(stream, source, packets, out);
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    // The measurement itself: far below a byte a packet.
    assertThat(allocated).isLessThan(PACKETS / 2);
    out.release();
  }

  private static void write(SendStream stream, Source source, MediaPacket[] packets, ByteBuf out) {
    for (MediaPacket packet : packets) {
      out.clear();
      stream.write(source, packet, out);
    }
  }
}
