package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.rtp.RtcpPacket.Fir;
import org.kakehashi.media.rtp.RtcpPacket.Nack;
import org.kakehashi.media.rtp.RtcpPacket.Pli;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;
import org.kakehashi.media.rtp.RtcpPacket.TransportFeedback;

/** What a peer is sent, and what it says of it. On the peer's loop. */
final class PeerSender {
  private final List<OutgoingTrack> tracks;
  private final @Nullable Adaptation adaptation;
  private final Map<Integer, OutgoingTrack> bySsrc = new HashMap<>();

  /**
   * @param adaptation fits the pictures to the line; null where the line is not known
   */
  PeerSender(List<OutgoingTrack> tracks, @Nullable Adaptation adaptation) {
    this.tracks = tracks;
    this.adaptation = adaptation;
    tracks.forEach(track -> bySsrc.put(track.stream().ssrc(), track));
  }

  void reports(List<ReportBlock> blocks, long nowNanos) {
    for (ReportBlock block : blocks) {
      OutgoingTrack track = bySsrc.get(block.ssrc());
      if (track != null) {
        track.reported(block, nowNanos);
      }
    }
  }

  void nack(Nack nack) {
    OutgoingTrack track = bySsrc.get(nack.mediaSsrc());
    if (track != null) {
      track.resend(nack.lost());
    }
  }

  void arrivals(TransportFeedback feedback, long nowNanos) {
    if (adaptation != null) {
      adaptation.feedback(feedback, nowNanos);
    }
  }

  /** Looks whether the pictures fit the line. */
  void adapt(long nowNanos) {
    if (adaptation != null) {
      adaptation.tick(nowNanos);
    }
  }

  /** Whether it wants to be looked after at every turn. */
  boolean isProbing() {
    return adaptation != null && adaptation.isProbing();
  }

  void pli(Pli pli) {
    pictureLost(pli.mediaSsrc());
  }

  void fir(Fir fir) {
    fir.entries().forEach(entry -> pictureLost(entry.ssrc()));
  }

  private void pictureLost(int ssrc) {
    OutgoingTrack track = bySsrc.get(ssrc);
    if (track != null && !track.isAudio()) {
      track.pictureLost();
    }
  }

  /** Looks after the tracks, and writes the sender reports that are due; nothing if none is. */
  void reports(long nowNanos, ByteBuf out) {
    for (OutgoingTrack track : tracks) {
      track.tick();
      if (track.stream().isReportDue(nowNanos)) {
        track.stream().writeReport(nowNanos, out);
      }
    }
  }

  /** The SSRCs we send with. */
  List<Integer> ssrcs() {
    return tracks.stream().map(track -> track.stream().ssrc()).toList();
  }

  void close() {
    tracks.forEach(OutgoingTrack::close);
  }
}
