package org.kakehashi.media.webrtc;

import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.HeaderExtensions;
import org.kakehashi.media.rtp.ReceiveStream;
import org.kakehashi.media.webrtc.sdp.AgreedFormat;
import org.kakehashi.media.webrtc.sdp.AgreedMedia;

/** A media line on which a peer sends to us. Its packets come out of {@link #source}. */
public final class IncomingTrack {
  private final AgreedMedia media;
  private final Source source;
  private final PeerPlan plan;
  private volatile @Nullable ReceiveStream stream;
  private long lastPacketNanos;

  IncomingTrack(AgreedMedia media, String id, PeerPlan plan) {
    this.media = media;
    this.plan = plan;
    this.source =
        new Source(id, media.formats().getFirst().codec(), plan.clock(), this::requestKeyFrame);
  }

  /** Publishes on the peer's loop, from the first packet until the peer is closed. */
  public Source source() {
    return source;
  }

  /** The one codec the answer accepts on this line. */
  public Codec codec() {
    return source.codec();
  }

  /** The media line's identification (RFC 9143); empty if the offer has none. */
  public String mid() {
    return media.offered().mid();
  }

  private void requestKeyFrame() {
    ReceiveStream current = stream;
    if (current != null) { // Else the first packets to come begin with one anyway.
      current.keyFrames().request();
    }
  }

  AgreedMedia media() {
    return media;
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

  /** Whether {@code payloadType} is one of this line's. */
  boolean takes(int payloadType) {
    return media.formats().stream().anyMatch(format -> format.payloadType() == payloadType);
  }

  /** Begins to receive from {@code ssrc}, in place of whatever sent before. */
  ReceiveStream begin(int ssrc) {
    AgreedFormat main = media.formats().getFirst();
    int red =
        media.formats().stream()
            .filter(AgreedFormat::redundant)
            .map(AgreedFormat::payloadType)
            .findFirst()
            .orElse(ReceiveStream.Format.NONE);
    ReceiveStream begun =
        new ReceiveStream(
            new ReceiveStream.Format(
                ssrc,
                codec(),
                main.payloadType(),
                red,
                ReceiveStream.Format.NONE,
                main.feedback().contains("nack"),
                extensions()),
            plan.clock(),
            source::publish);
    stream = begun;
    return begun;
  }

  /** The sender said that it ends. */
  void end() {
    stream = null;
  }

  HeaderExtensions extensions() {
    return new HeaderExtensions(
        media.extension(HeaderExtensions.AUDIO_LEVEL_URI),
        media.extension(HeaderExtensions.TRANSPORT_SEQUENCE_URI),
        media.extension(HeaderExtensions.ABS_SEND_TIME_URI),
        media.extension(HeaderExtensions.MID_URI));
  }
}
