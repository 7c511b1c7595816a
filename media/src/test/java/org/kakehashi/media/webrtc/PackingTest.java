package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.webrtc.PortFixture.connect;
import static org.kakehashi.media.webrtc.PortFixture.opus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Channel;
import org.kakehashi.media.rtp.RtcpPacket.ReceiverReport;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;

/**
 * Listeners get three frames in a packet, each frame once, and plain packets again when they miss
 * some.
 */
class PackingTest {
  private static final int SSRC = 77;

  private final PortFixture fixture =
      new PortFixture(config -> config.withPacking(new Packing(Packing.When.ALWAYS, 3)));

  @AfterEach
  void close() {
    fixture.close();
  }

  /** A packet as a listener heard it: RTP sequence and timestamp, and its frames' numbers. */
  private record Heard(int ssrc, int sequence, long timestamp, List<Integer> frames) {}

  private static Heard heard(io.netty.buffer.ByteBuf packet) {
    List<Integer> frames = new ArrayList<>();
    int code = packet.getByte(12) & 3;
    int at = code == 3 ? 14 : 13;
    for (; at + 2 <= packet.readableBytes(); at += 2) {
      frames.add(packet.getUnsignedShort(at));
    }
    return new Heard(
        packet.getInt(8), packet.getUnsignedShort(2), packet.getUnsignedInt(4), frames);
  }

  @Test
  void everyFrameIsHeardOnceWhicheverWayItComes() throws Exception {
    Channel floor = new Channel("floor");
    WebRtcClient speaker = fixture.client(ClientMedia.speaks(SSRC));
    Peer publisher = fixture.publisher(speaker);
    floor.feed(publisher.incoming().getFirst().source());
    connect(speaker, publisher);
    List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
    WebRtcClient client = fixture.client(ClientMedia.hears()).onRtp(p -> heard.add(heard(p)));
    Peer listener = fixture.listener(client);
    listener.outgoing().getFirst().listen(floor);
    connect(client, listener);
    int[] next = {1};
    PortFixture.await(
        () -> {
          speaker.sendRtp(opus(next[0]++, SSRC));
          return whole(heard).size() > 5;
        });
    PortFixture.await(
        () -> fixture.port.stats().load().packedListeners() == 1); // Counted each turn.
    int ssrc = heard.getFirst().ssrc();
    client.sendRtcp(new ReceiverReport(1, List.of(new ReportBlock(ssrc, 26, 10, 1_000, 0, 0, 0))));
    int packedSoFar = heard.size();
    PortFixture.await(
        () -> {
          speaker.sendRtp(opus(next[0]++, SSRC));
          synchronized (heard) {
            int size = heard.size();
            return size > packedSoFar + 10
                && heard.subList(size - 6, size).stream().allMatch(one -> one.frames().size() == 1);
          }
        });
    inOrder(List.copyOf(heard));
  }

  @Test
  void aCrowdsPacketsAreSpreadOverTheFramesTimes() throws Exception {
    Channel floor = new Channel("floor");
    WebRtcClient speaker = fixture.client(ClientMedia.speaks(SSRC));
    Peer publisher = fixture.publisher(speaker);
    floor.feed(publisher.incoming().getFirst().source());
    connect(speaker, publisher);
    List<List<Heard>> crowd = new ArrayList<>();
    for (int i = 0; i < 6; i++) { // On two loops, three on each.
      List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
      crowd.add(heard);
      WebRtcClient client = fixture.client(ClientMedia.hears()).onRtp(p -> heard.add(heard(p)));
      Peer listener = fixture.listener(client);
      listener.outgoing().getFirst().listen(floor);
      connect(client, listener);
    }
    int[] next = {1};
    PortFixture.await(
        () -> {
          speaker.sendRtp(opus(next[0]++, SSRC));
          return crowd.stream().allMatch(heard -> whole(heard).size() > 3);
        });
    Map<Integer, Integer> times = new TreeMap<>();
    crowd.forEach(heard -> times.merge(whole(heard).getLast() % 3, 1, Integer::sum));
    assertThat(times.values()).containsExactly(2, 2, 2);
    crowd.forEach(heard -> inOrder(List.copyOf(heard)));
  }

  /** The first frames of packets of three. */
  private static List<Integer> whole(List<Heard> heard) {
    return List.copyOf(heard).stream()
        .filter(each -> each.frames().size() == 3)
        .map(each -> each.frames().getFirst())
        .toList();
  }

  private static void inOrder(List<Heard> all) {
    List<Integer> frames = all.stream().flatMap(each -> each.frames().stream()).toList();
    for (int i = 1; i < frames.size(); i++) {
      assertThat(frames.get(i)).isEqualTo(frames.get(i - 1) + 1);
    }
    for (int i = 1; i < all.size(); i++) {
      Heard before = all.get(i - 1);
      Heard now = all.get(i);
      assertThat(now.sequence()).isEqualTo(before.sequence() + 1 & 0xFFFF);
      // Where one way takes over from the other as between any two packets: without a seam.
      assertThat(now.timestamp() - before.timestamp()).isEqualTo(960L * before.frames().size());
    }
  }
}
