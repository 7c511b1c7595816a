package org.kakehashi.media.webrtc;

import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.ReceiveStream;
import org.kakehashi.media.webrtc.sdp.AgreedFormat;
import org.kakehashi.media.webrtc.sdp.AgreedMedia;

/**
 * One of the sizes in which a peer sends a picture at once (RFC 8853); or all there is, where it
 * sends one. On the peer's loop, but for {@link #requestKeyFrame}.
 */
final class IncomingLayer {
  private final IncomingTrack track;
  private final String rid;
  private final PeerPlan plan;
  private final Source source;
  private volatile @Nullable ReceiveStream stream;

  /** Kept beyond its end: the next one goes on above its sequence numbers. */
  private @Nullable ReceiveStream last;

  private long lastPacketNanos;

  /**
   * @param rid empty without simulcast
   */
  IncomingLayer(IncomingTrack track, AgreedMedia media, String id, String rid, PeerPlan plan) {
    this.track = track;
    this.rid = rid;
    this.plan = plan;
    this.source =
        new Source(id, media.formats().getFirst().codec(), plan.clock(), this::requestKeyFrame);
  }

  private void requestKeyFrame() {
    ReceiveStream current = stream;
    if (current != null) { // Else the first packets to come begin with one anyway.
      current.keyFrames().request();
    }
  }

  IncomingTrack track() {
    return track;
  }

  String rid() {
    return rid;
  }

  Source source() {
    return source;
  }

  @Nullable ReceiveStream stream() {
    return stream;
  }

  long lastPacketNanos() {
    return lastPacketNanos;
  }

  void heard(long nowNanos) {
    lastPacketNanos = nowNanos;
  }

  /** Begins to receive from {@code ssrc}, in place of whatever sent before. */
  ReceiveStream begin(int ssrc) {
    AgreedMedia media = track.media();
    AgreedFormat main = media.formats().getFirst();
    int red =
        media.formats().stream()
            .filter(AgreedFormat::redundant)
            .map(AgreedFormat::payloadType)
            .findFirst()
            .orElse(ReceiveStream.Format.NONE);
    ReceiveStream.Format format =
        new ReceiveStream.Format(
            ssrc,
            source.codec(),
            main.payloadType(),
            red,
            ReceiveStream.Format.NONE,
            main.feedback().contains("nack"),
            track.extensions());
    ReceiveStream before = last;
    // A number used again would be refused as late, or reach listeners twice with other content.
    ReceiveStream begun =
        before == null
            ? new ReceiveStream(format, plan.clock(), this::publish)
            : before.successor(format);
    last = begun;
    stream = begun;
    return begun;
  }

  private void publish(MediaPacket packet) {
    if (!rid.isEmpty() && packet.keyFrame()) {
      int pixels = LayerSize.of(source.codec(), packet.payload());
      if (pixels > 0) {
        source.resized(pixels);
      }
    }
    source.publish(packet);
  }

  /** The sender said that it ends. */
  void end() {
    stream = null;
  }
}
