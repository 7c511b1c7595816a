package org.kakehashi.media.webrtc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Strangers' datagrams and TCP streams: each is dropped for one reason, and nothing is thrown. */
class DemultiplexerFuzzTest {
  private static final InetSocketAddress STRANGER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

  private static final WebRtcStats.Load IDLE =
      new WebRtcStats.Load(Duration.ZERO, 0, 0, 0, 0, false);

  private final AtomicLong now = new AtomicLong();
  private final PortCounters counters = new PortCounters();
  private final Demultiplexer demultiplexer =
      new Demultiplexer(new PeerRegistry(), counters, new RateLimit(10, now::get));
  private final MediaLoop loop =
      new MediaLoop(new DefaultEventLoop(), counters, now::get, WebRtcConfig.onPort(0));

  private long drops() {
    return counters.snapshot(Map.of(), 0, IDLE).drops().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  @FuzzTest
  void datagrams(byte[] data) {
    long before = drops();
    demultiplexer.datagram(loop, STRANGER, Unpooled.wrappedBuffer(data));
    // An answer that cannot be sent, for want of a socket, is a drop of its own.
    if (drops() == before) {
      throw new AssertionError("a stranger's datagram was not counted");
    }
  }

  @FuzzTest
  void tcpStreams(byte[] data) {
    WebRtcConfig config = WebRtcConfig.onPort(0);
    TcpPort port = new TcpPort(config, counters, demultiplexer, channel -> loop);
    EmbeddedChannel channel = new EmbeddedChannel();
    port.frame(channel, loop);
    int at = 0;
    while (at < data.length && channel.isOpen()) {
      int end = Math.min(data.length, at + 1 + (data[at] & 0x1F));
      channel.writeInbound(Unpooled.copiedBuffer(data, at, end - at));
      at = end;
    }
    channel.finishAndReleaseAll();
  }

  @Test
  void randomBytes() {
    Random random = new Random(5);
    for (int i = 0; i < 3_000; i++) {
      byte[] data = new byte[random.nextInt(2_200)];
      random.nextBytes(data);
      if (data.length > 0 && i % 2 == 0) {
        data[0] = (byte) random.nextInt(4);
      }
      datagrams(data);
      tcpStreams(data);
    }
  }
}
