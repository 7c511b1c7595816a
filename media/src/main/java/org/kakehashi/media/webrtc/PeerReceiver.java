package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.rtp.HeaderExtensions;
import org.kakehashi.media.rtp.ReceiveStream;
import org.kakehashi.media.rtp.RtcpPacket;
import org.kakehashi.media.rtp.RtcpPacket.ReceiverReport;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;
import org.kakehashi.media.rtp.RtcpPacket.SenderReport;
import org.kakehashi.media.rtp.RtpPacket;
import org.kakehashi.media.rtp.TransportFeedbackBuilder;
import org.kakehashi.media.rtp.Verdict;

/**
 * What a peer sends: finds each packet's track and says what to tell the sender. On the peer's
 * loop.
 *
 * <p>A packet's track is told by its SSRC if the offer announced it, else by the MID it carries,
 * else by its payload type if only one track has that; and its layer by the RID it carries. Then by
 * SSRC.
 */
final class PeerReceiver {
  private static final long REPORT_EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final long TRANSPORT_FEEDBACK_EVERY = TimeUnit.MILLISECONDS.toNanos(60);

  /** A track's stream may be followed by another SSRC when it was silent for so long. */
  private static final long SUCCESSION = TimeUnit.MILLISECONDS.toNanos(500);

  /** Reports on streams that have not begun; more are not kept. */
  private static final int MOST_EARLY_REPORTS = 8;

  private final List<IncomingTrack> tracks;
  private final PortCounters counters;
  private final int ownSsrc;
  private final Map<Integer, IncomingTrack> announced = new HashMap<>();
  private final Map<Integer, IncomingLayer> bySsrc = new HashMap<>();
  private final Map<Integer, EarlyReport> earlyReports = new HashMap<>();
  private final RtpPacket view = new RtpPacket();
  private final HeaderExtensions extensions;
  private @Nullable TransportFeedbackBuilder transportFeedback;
  private long reportedAt;
  private long transportFeedbackAt;

  /** A report that came before its stream's first packet, as FFmpeg's does, and when. */
  private record EarlyReport(SenderReport report, long nanos) {}

  /**
   * @param ownSsrc names us in reports
   */
  PeerReceiver(List<IncomingTrack> tracks, PortCounters counters, int ownSsrc) {
    this.tracks = tracks;
    this.counters = counters;
    this.ownSsrc = ownSsrc;
    for (IncomingTrack track : tracks) {
      track.media().offered().ssrcs().forEach(ssrc -> announced.put(ssrc, track));
    }
    // In a bundle an identifier means the same on every line (RFC 8843 §9.2).
    this.extensions = tracks.isEmpty() ? HeaderExtensions.NONE : merged(tracks);
  }

  private static HeaderExtensions merged(List<IncomingTrack> tracks) {
    int sequence = 0;
    int mid = 0;
    int rid = 0;
    for (IncomingTrack track : tracks) {
      sequence = Math.max(sequence, track.extensions().transportSequence());
      mid = Math.max(mid, track.extensions().mid());
      rid = Math.max(rid, track.extensions().rid());
    }
    return new HeaderExtensions(0, sequence, 0, mid, rid);
  }

  /**
   * Takes a packet in plain text; whoever publishes its payload retains it.
   *
   * @param nowNanos by the media clock's time source
   */
  void rtp(ByteBuf packet, long nowNanos) {
    if (!view.read(packet).isAccepted()) {
      counters.dropped(DropReason.RTP_MALFORMED);
      return;
    }
    noteTransportSequence(nowNanos);
    IncomingLayer layer = layer(nowNanos);
    ReceiveStream stream = layer == null ? null : layer.stream();
    if (layer == null || stream == null) {
      counters.dropped(DropReason.RTP_UNKNOWN_STREAM);
      return;
    }
    layer.heard(nowNanos);
    count(stream.accept(view, nowNanos));
  }

  private void noteTransportSequence(long nowNanos) {
    int sequence = extensions.transportSequence(view);
    if (sequence < 0) {
      return;
    }
    TransportFeedbackBuilder builder = transportFeedback;
    if (builder == null) {
      builder = new TransportFeedbackBuilder(ownSsrc, view.ssrc());
      transportFeedback = builder;
    }
    builder.received(sequence, nowNanos);
  }

  private void count(Verdict verdict) {
    switch (verdict) {
      case ACCEPTED, EMPTY -> {}
      case DUPLICATE, TOO_LATE, SEQUENCE_JUMP -> counters.dropped(DropReason.RTP_UNUSABLE);
      case UNKNOWN_PAYLOAD_TYPE -> counters.dropped(DropReason.RTP_UNKNOWN_STREAM);
      case TRUNCATED,
          WRONG_VERSION,
          BAD_EXTENSION,
          BAD_PADDING,
          BAD_REDUNDANCY,
          BAD_RETRANSMISSION ->
          counters.dropped(DropReason.RTP_MALFORMED);
    }
  }

  private @Nullable IncomingLayer layer(long nowNanos) {
    int ssrc = view.ssrc();
    IncomingLayer known = bySsrc.get(ssrc);
    if (known != null) {
      return known;
    }
    IncomingTrack track = announced.get(ssrc);
    if (track == null) {
      track = byMid();
    }
    if (track == null) {
      track = byPayloadType();
    }
    if (track == null || !track.takes(view.payloadType())) {
      return null;
    }
    IncomingLayer layer =
        track.isLayered()
            ? extensions.rid(view).map(track::layer).orElse(null)
            : track.layers().getFirst();
    if (layer == null) {
      return null;
    }
    ReceiveStream before = layer.stream();
    if (before != null) {
      if (nowNanos - layer.lastPacketNanos() < SUCCESSION) {
        return null;
      }
      bySsrc.remove(before.format().ssrc());
    }
    ReceiveStream begun = layer.begin(ssrc);
    bySsrc.put(ssrc, layer);
    align(track, begun);
    EarlyReport early = earlyReports.remove(ssrc);
    if (early != null) {
      begun.senderReport(early.report(), early.nanos());
    }
    return layer;
  }

  private @Nullable IncomingTrack byMid() {
    String mid = extensions.mid() == 0 ? "" : extensions.mid(view).orElse("");
    if (mid.isEmpty()) {
      return null;
    }
    for (IncomingTrack track : tracks) {
      if (track.mid().equals(mid)) {
        return track;
      }
    }
    return null;
  }

  private @Nullable IncomingTrack byPayloadType() {
    IncomingTrack found = null;
    for (IncomingTrack track : tracks) {
      if (track.takes(view.payloadType())) {
        if (found != null) {
          return null;
        }
        found = track;
      }
    }
    return found;
  }

  /** Lets pictures follow the first sound's clock, so that lips match words. */
  private void align(IncomingTrack track, ReceiveStream begun) {
    for (IncomingTrack other : tracks) {
      if (other == track || other.codec().isAudio() == track.codec().isAudio()) {
        continue;
      }
      for (IncomingLayer layer : other.layers()) {
        ReceiveStream stream = layer.stream();
        if (stream == null) {
          continue;
        }
        if (track.codec().isAudio()) {
          stream.clock().alignTo(begun.clock());
        } else {
          begun.clock().alignTo(stream.clock());
          return;
        }
      }
    }
  }

  void senderReport(SenderReport report, long nowNanos) {
    IncomingLayer layer = bySsrc.get(report.ssrc());
    ReceiveStream stream = layer == null ? null : layer.stream();
    if (stream != null) {
      stream.senderReport(report, nowNanos);
    } else if (earlyReports.size() < MOST_EARLY_REPORTS
        || earlyReports.containsKey(report.ssrc())) {
      earlyReports.put(report.ssrc(), new EarlyReport(report, nowNanos));
    }
  }

  /** A stream says that it ends; another one may follow on its track at once. */
  void bye(int ssrc) {
    IncomingLayer layer = bySsrc.remove(ssrc);
    if (layer != null) {
      layer.end();
    }
  }

  /** Adds what is to be told to the sender now; reports of its streams come first. */
  void tick(long nowNanos, List<RtcpPacket> out) {
    List<RtcpPacket> requests = new ArrayList<>();
    for (IncomingTrack track : tracks) {
      for (IncomingLayer layer : track.layers()) {
        ReceiveStream stream = layer.stream();
        if (stream != null) {
          stream.feedback(ownSsrc, nowNanos, requests::add);
        }
      }
    }
    TransportFeedbackBuilder builder = transportFeedback;
    if (builder != null && nowNanos - transportFeedbackAt >= TRANSPORT_FEEDBACK_EVERY) {
      transportFeedbackAt = nowNanos;
      builder.build().ifPresent(requests::add);
    }
    boolean reportDue = !bySsrc.isEmpty() && nowNanos - reportedAt >= REPORT_EVERY;
    if (!reportDue && requests.isEmpty()) {
      return;
    }
    // A compound begins with a report (RFC 3550 §6.1); in between reports, with an empty one.
    out.add(new ReceiverReport(ownSsrc, reportDue ? blocks(nowNanos) : List.of()));
    if (reportDue) {
      reportedAt = nowNanos;
    }
    out.addAll(requests);
  }

  private List<ReportBlock> blocks(long nowNanos) {
    List<ReportBlock> blocks = new ArrayList<>();
    for (IncomingTrack track : tracks) {
      for (IncomingLayer layer : track.layers()) {
        ReceiveStream stream = layer.stream();
        if (stream != null) {
          stream.reportBlock(nowNanos).ifPresent(blocks::add);
        }
      }
    }
    return blocks;
  }
}
