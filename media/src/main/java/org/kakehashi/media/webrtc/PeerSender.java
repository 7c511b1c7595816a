package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kakehashi.media.rtp.RtcpPacket.Fir;
import org.kakehashi.media.rtp.RtcpPacket.Nack;
import org.kakehashi.media.rtp.RtcpPacket.Pli;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;

/** What a peer is sent, and what it says of it. On the peer's loop. */
final class PeerSender {
  private final List<OutgoingTrack> tracks;
  private final Map<Integer, OutgoingTrack> bySsrc = new HashMap<>();

  PeerSender(List<OutgoingTrack> tracks) {
    this.tracks = tracks;
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
