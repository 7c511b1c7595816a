package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.webrtc.PortFixture.connect;
import static org.kakehashi.media.webrtc.PortFixture.opus;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Channel;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.RtcpPacket.Bye;
import org.kakehashi.media.rtp.RtcpPacket.ReceiverReport;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;

/** A sender that goes on under another SSRC, as after a change of microphone. */
class SuccessionTest {
  private static final int SSRC = 0x1234;
  private static final int PACKETS = 30;

  private final PortFixture fixture = new PortFixture();
  private final Queue<Long> published = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> heard = new ConcurrentLinkedQueue<>();
  private final WebRtcClient speaker = fixture.client(ClientMedia.speaks(SSRC));

  @AfterEach
  void close() {
    fixture.close();
  }

  private void begin() throws Exception {
    Channel floor = new Channel("floor");
    Peer publisher = fixture.publisher(speaker);
    Source source = publisher.incoming().getFirst().source();
    source.attach((from, packet) -> published.add(packet.sequence()));
    floor.feed(source);
    connect(speaker, publisher);
    WebRtcClient client =
        fixture.client(ClientMedia.hears()).onRtp(packet -> heard.add(packet.getUnsignedShort(2)));
    Peer listener = fixture.listener(client);
    listener.outgoing().getFirst().listen(floor);
    connect(client, listener);
    PortFixture.await(() -> floor.listeners() == 1);
  }

  private void speak(int ssrc, int from) {
    int before = heard.size();
    for (int i = 0; i < PACKETS; i++) {
      speaker.sendRtp(opus(from + i, ssrc));
    }
    PortFixture.await(() -> heard.size() == before + PACKETS);
  }

  private void everythingWasHeardUnderNumbersOfItsOwn() {
    assertThat(List.copyOf(published)).isSorted().doesNotHaveDuplicates();
    assertThat(List.copyOf(heard)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void whoSaysGoodbyeMayBeFollowedByALowerCount() throws Exception {
    begin();
    speak(SSRC, 20_000);
    speaker.sendRtcp(new ReceiverReport(SSRC, List.of()), new Bye(List.of(SSRC), ""));
    speak(SSRC + 1, 19_000);
    everythingWasHeardUnderNumbersOfItsOwn();
  }

  @Test
  void whoFallsSilentMayBeFollowedByACountInsideTheOldOne() throws Exception {
    begin();
    speak(SSRC, 20_000);
    fixture.pass(1);
    speak(SSRC + 1, 20_010);
    fixture.pass(1);
    speak(SSRC + 2, 20_000);
    everythingWasHeardUnderNumbersOfItsOwn();
  }
}
