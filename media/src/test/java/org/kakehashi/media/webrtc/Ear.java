package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.kakehashi.media.channel.Channel;
import org.kakehashi.media.rtp.OpusToc;
import org.kakehashi.media.rtp.RtcpPacket.ReceiverReport;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;
import org.kakehashi.media.rtp.RtpPacket;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;

/** A listener that notes what it hears of a channel, whose frames are two bytes: their number. */
final class Ear {
  private final List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
  private final WebRtcClient client;
  private final Peer peer;
  private int reported;
  private int reportedLost;

  /**
   * A packet as it came.
   *
   * @param samples how much sound it holds, at 48 kHz
   * @param frames their numbers
   */
  record Heard(
      int ssrc, int sequence, int timestamp, boolean marker, int samples, List<Integer> frames) {}

  Ear(PortFixture fixture, Channel channel) throws Exception {
    client = fixture.client(ClientMedia.hears()).onRtp(packet -> heard.add(read(packet)));
    peer = fixture.listener(client);
    listen(channel);
    PortFixture.connect(client, peer);
  }

  void listen(Channel channel) {
    peer.outgoing().getFirst().listen(channel);
  }

  private static Heard read(ByteBuf packet) {
    RtpPacket view = new RtpPacket();
    assertThat(view.read(packet).isAccepted()).isTrue();
    ByteBuf payload = packet.slice(view.payloadStart(), view.payloadLength());
    OpusToc toc = OpusToc.read(payload).orElseThrow();
    payload.skipBytes(toc.frames() > 2 ? 2 : 1);
    List<Integer> frames = new ArrayList<>();
    for (int i = 0; i < toc.frames(); i++) {
      frames.add(payload.readUnsignedShort());
    }
    return new Heard(
        view.ssrc(), view.sequence(), view.timestamp(), view.marker(), toc.samples(), frames);
  }

  List<Heard> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  /** The last packets. */
  List<Heard> last(int packets) {
    List<Heard> all = heard();
    return all.subList(Math.max(0, all.size() - packets), all.size());
  }

  /** The packet that a frame came in; null until it did. */
  Heard with(int frame) {
    return heard().stream().filter(each -> each.frames().contains(frame)).findFirst().orElse(null);
  }

  /** Whether the last packets held so many frames each. */
  boolean hears(int packets, int frames) {
    List<Heard> last = last(packets);
    return last.size() == packets && last.stream().allMatch(each -> each.frames().size() == frames);
  }

  /** The first frames of packets of three. */
  List<Integer> whole() {
    return heard().stream()
        .filter(each -> each.frames().size() == 3)
        .map(each -> each.frames().getFirst())
        .toList();
  }

  /**
   * Reports as a browser does: what was lost is what is missing among the numbers.
   *
   * @param more packets that were lost besides, since the start
   */
  void report(int more) {
    List<Heard> all = heard();
    Heard last = all.getLast();
    int expected = (last.sequence() - all.getFirst().sequence() & 0xFFFF) + 1;
    int lost = expected - all.size() + more;
    int fraction = Math.max(0, (lost - reportedLost) * 256 / Math.max(1, expected - reported));
    reported = expected;
    reportedLost = lost;
    client.sendRtcp(
        new ReceiverReport(
            1, List.of(new ReportBlock(last.ssrc(), fraction, lost, last.sequence(), 0, 0, 0))));
  }

  /** Checks that every frame was heard once, in order, and without a seam. */
  void inOrder() {
    List<Heard> all = heard();
    List<Integer> frames = all.stream().flatMap(each -> each.frames().stream()).toList();
    for (int i = 1; i < frames.size(); i++) {
      assertThat(frames.get(i)).isEqualTo(frames.get(i - 1) + 1);
    }
    for (int i = 1; i < all.size(); i++) {
      Heard before = all.get(i - 1);
      assertThat(all.get(i).sequence()).isEqualTo(before.sequence() + 1 & 0xFFFF);
      // Where one way takes over from the other as between any two packets.
      assertThat(all.get(i).timestamp() - before.timestamp()).isEqualTo(before.samples());
    }
  }
}
