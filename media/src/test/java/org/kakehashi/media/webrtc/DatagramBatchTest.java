package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatagramBatchTest {
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EpollDatagramChannel channel =
      (EpollDatagramChannel)
          new Bootstrap()
              .group(group)
              .channel(EpollDatagramChannel.class)
              .handler(new ChannelInboundHandlerAdapter())
              .bind(new InetSocketAddress(0))
              .syncUninterruptibly()
              .channel();
  private final MediaLoop loop =
      new MediaLoop(
          new DefaultEventLoop(), new PortCounters(), System::nanoTime, WebRtcConfig.onPort(0));
  private final Asked asked = new Asked();
  private final DatagramBatch batch = new DatagramBatch(asked);

  /** What the batch asked for. */
  private static final class Asked implements DatagramBatch.Sender {
    final List<String> queued = new ArrayList<>();
    boolean queueing;
    long packets;
    long bytes;
    int failed;

    @Override
    public void queue(Path.Udp to, ByteBuf packet) {
      queued.add(to.remote().getPort() + " " + packet.readableBytes());
    }

    @Override
    public boolean isQueueing() {
      return queueing;
    }

    @Override
    public void sent(int more, long moreBytes) {
      packets += more;
      bytes += moreBytes;
    }

    @Override
    public void failed() {
      failed++;
    }
  }

  @AfterEach
  void close() {
    channel.close().syncUninterruptibly();
    group.shutdownGracefully();
  }

  private Path.Udp path(int port) {
    return new Path.Udp(loop, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private void write(Path.Udp to, int number, int length) {
    ByteBuf packet = batch.next();
    packet.writeInt(number).writeZero(length - 4);
    batch.add(to);
  }

  @Test
  void everyPacketArrivesWholeAndInOrder() throws Exception {
    try (DatagramSocket one = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DatagramSocket two = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      batch.open(channel.fd().intValue());
      Path.Udp toOne = path(one.getLocalPort());
      Path.Udp toTwo = path(two.getLocalPort());
      for (int i = 0; i < 150; i++) {
        write(i % 3 == 0 ? toTwo : toOne, i, 20 + i * 7);
      }
      batch.flush();
      assertThat(batch.isEmpty()).isTrue();
      DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
      one.setSoTimeout(5_000);
      two.setSoTimeout(5_000);
      for (int i = 0; i < 150; i++) {
        (i % 3 == 0 ? two : one).receive(packet);
        assertThat(packet.getLength()).isEqualTo(20 + i * 7);
        assertThat(packet.getData()[3] & 0xFF).isEqualTo(i);
        assertThat(packet.getPort()).isEqualTo(channel.localAddress().getPort());
        packet.setLength(4_096);
      }
    }
    assertThat(asked.packets).isEqualTo(150);
    assertThat(asked.bytes).isEqualTo(150 * 20 + 7 * 149 * 150 / 2);
    assertThat(asked.queued).isEmpty();
  }

  /**
   * As the packets of pictures to two viewers: runs of one size, the last shorter or by a byte
   * longer.
   */
  @Test
  void whatIsSentAsOneArrivesAsItWas() throws Exception {
    Random random = new Random(4);
    try (DatagramSocket one = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DatagramSocket two = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      batch.open(channel.fd().intValue());
      Path.Udp toOne = path(one.getLocalPort());
      Path.Udp toTwo = path(two.getLocalPort());
      DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
      one.setSoTimeout(5_000);
      two.setSoTimeout(5_000);
      for (int frame = 0; frame < 60; frame++) {
        boolean toFirst = frame % 3 > 0;
        int count = 1 + random.nextInt(60);
        int size = 40 + random.nextInt(1_160);
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          boolean other = random.nextInt(8) == 0;
          sizes.add(other ? 20 + random.nextInt(1_200) : size);
          write(toFirst ? toOne : toTwo, i, sizes.get(i));
        }
        batch.flush();
        for (int i = 0; i < count; i++) {
          packet.setLength(4_096);
          (toFirst ? one : two).receive(packet);
          assertThat(packet.getLength()).isEqualTo(sizes.get(i));
          assertThat(packet.getData()[3] & 0xFF).isEqualTo(i);
        }
      }
    }
    assertThat(asked.failed).isZero();
    assertThat(asked.queued).isEmpty();
  }

  @Test
  void manyPacketsOfOneSizeTakeSeveralSends() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setReceiveBufferSize(1 << 20);
      socket.setSoTimeout(5_000);
      batch.open(channel.fd().intValue());
      Path.Udp to = path(socket.getLocalPort());
      for (int i = 0; i < 200; i++) {
        write(to, i, 300);
      }
      batch.flush();
      DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
      for (int i = 0; i < 200; i++) {
        socket.receive(packet);
        assertThat(packet.getLength()).isEqualTo(300);
        assertThat(packet.getData()[3] & 0xFF).isEqualTo(i);
      }
    }
    assertThat(asked.packets).isEqualTo(200);
    assertThat(asked.bytes).isEqualTo(200 * 300);
  }

  private DatagramBatch over(ReluctantKernel kernel) {
    DatagramBatch over = new DatagramBatch(asked, kernel);
    over.open(channel.fd().intValue());
    return over;
  }

  private static void picture(DatagramBatch over, Path.Udp... to) {
    for (Path.Udp each : to) {
      for (int i = 0; i < 5; i++) {
        over.next().writeZero(300);
        over.add(each);
      }
    }
    over.flush();
  }

  @Test
  void aWayThatIsTooNarrowGetsPacketsOneByOneAndTheOthersAsBefore() {
    ReluctantKernel kernel = new ReluctantKernel(SystemCalls.EMSGSIZE, 700);
    DatagramBatch over = over(kernel);
    Path.Udp wide = path(600);
    Path.Udp narrow = path(700);
    picture(over, narrow, wide);
    assertThat(asked.queued).hasSize(5).containsOnly("700 300");
    asked.queued.clear();
    kernel.sends.clear();
    picture(over, wide, narrow, wide);
    assertThat(kernel.sends).containsExactly("600x5", "700", "700", "700", "700", "700", "600x5");
    assertThat(asked.queued).isEmpty();
    assertThat(asked.failed).isZero();
    for (int port = 700; port < 700 + 2 * DatagramBatch.SURE; port++) {
      kernel.refused.add(port);
      picture(over, path(port));
    }
    kernel.sends.clear();
    picture(over, wide);
    assertThat(kernel.sends).containsExactly("600x5");
  }

  @Test
  void whereNoneOfManyWaysTakesItTheKernelCannot() {
    Integer[] ports =
        IntStream.range(700, 700 + DatagramBatch.SURE).boxed().toArray(Integer[]::new);
    ReluctantKernel kernel = new ReluctantKernel(SystemCalls.EIO, ports);
    DatagramBatch over = over(kernel);
    for (int port : ports) {
      picture(over, path(port));
    }
    assertThat(asked.queued).hasSize(5 * DatagramBatch.SURE);
    picture(over, path(600));
    assertThat(kernel.sends).containsExactly("600", "600", "600", "600", "600");
  }

  @Test
  void aDeviceThatCannotIsNoneOfTheOthersConcern() {
    Integer[] ports =
        IntStream.range(700, 700 + 2 * DatagramBatch.SURE).boxed().toArray(Integer[]::new);
    ReluctantKernel kernel = new ReluctantKernel(SystemCalls.EIO, ports);
    DatagramBatch over = over(kernel);
    picture(over, path(600));
    for (int port : ports) {
      picture(over, path(port));
    }
    kernel.sends.clear();
    picture(over, path(601));
    assertThat(kernel.sends).containsExactly("601x5");
  }

  @Test
  void onlyWhatTheKernelRefusesIsLost() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      batch.open(channel.fd().intValue());
      write(path(socket.getLocalPort()), 1, 30);
      write(path(0), 2, 30); // No port to send to.
      write(path(socket.getLocalPort()), 3, 30);
      batch.flush();
    }
    assertThat(asked.packets).isEqualTo(2);
    assertThat(asked.failed).isEqualTo(1);
  }

  @Test
  void nothingOvertakesWhatWaits() {
    batch.open(channel.fd().intValue());
    asked.queueing = true;
    write(path(9), 1, 30);
    batch.flush();
    assertThat(asked.queued).containsExactly("9 30");
    assertThat(asked.packets).isZero();
  }

  @Test
  void aPacketAllocatesNothing() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      batch.open(channel.fd().intValue());
      Path.Udp to = path(socket.getLocalPort());
      long allocated = Long.MAX_VALUE;
      // The compiler needs some rounds, on a busy machine many, before what it can spare is spared.
      for (int attempt = 0; attempt < 40 && allocated >= 10_000; attempt++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        many(to);
        allocated = threads.getCurrentThreadAllocatedBytes() - before;
      }
      assertThat(allocated).isLessThan(10_000); // Of 20,000 packets.
    }
  }

  private void many(Path.Udp to) {
    for (int i = 0; i < 20_000; i++) {
      write(to, i, 106);
    }
    batch.flush();
  }
}
