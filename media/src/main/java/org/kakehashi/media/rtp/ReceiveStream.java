package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.rtp.RtcpPacket.Nack;
import org.kakehashi.media.rtp.RtcpPacket.Pli;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;
import org.kakehashi.media.rtp.RtcpPacket.SenderReport;

/**
 * One incoming SSRC: makes {@link MediaPacket}s of decrypted RTP packets, and says what to tell the
 * sender. Packets come out in the order of arrival; only what redundancy recovered comes before the
 * packet that carried it.
 *
 * <p>Thread: the peer's media loop, but {@link KeyFrameRequests#request} from any. It holds no
 * buffer, so there is nothing to close.
 */
public final class ReceiveStream {
  private static final long KEY_FRAME_INTERVAL = Duration.ofMillis(500).toNanos();

  /**
   * What was negotiated for a stream. Payload types are 0 to 127, or {@link #NONE}.
   *
   * @param ssrc of the media
   * @param payloadType of the codec itself
   * @param redPayloadType of redundant audio (RFC 2198) around it
   * @param rtxPayloadType of its retransmissions (RFC 4588); they come on an SSRC of their own
   * @param nack whether the sender answers requests for lost packets
   * @param extensions identifiers of the header extensions
   */
  public record Format(
      int ssrc,
      Codec codec,
      int payloadType,
      int redPayloadType,
      int rtxPayloadType,
      boolean nack,
      HeaderExtensions extensions) {
    /** No such payload type. */
    public static final int NONE = -1;
  }

  private final Format format;
  private final MediaClock mediaClock;
  private final Consumer<MediaPacket> output;
  private final SequenceWindow window;
  private final PaddingGaps paddingGaps = new PaddingGaps();
  private final Unwrapper timestamps = Unwrapper.ofTimestamp();
  private final SourceClock clock;
  private final ReceptionStatistics statistics;
  private final NackList nacks;
  private final KeyFrameRequests keyFrames = new KeyFrameRequests(KEY_FRAME_INTERVAL);
  private final RedPayload red = new RedPayload();
  private long keyFrameTimestamp = Long.MIN_VALUE;
  private @Nullable SenderReport earlyReport;
  private long recovered;

  /**
   * @param mediaClock the session's clock; arrival times are of its time source
   * @param output takes each packet and its reference: {@code source::publish}
   */
  public ReceiveStream(Format format, MediaClock mediaClock, Consumer<MediaPacket> output) {
    this(format, mediaClock, output, 0);
  }

  private ReceiveStream(
      Format format, MediaClock mediaClock, Consumer<MediaPacket> output, long after) {
    this.format = format;
    this.window = new SequenceWindow(after);
    this.mediaClock = mediaClock;
    this.output = output;
    int rate = format.codec().clockRate();
    this.clock = format.codec().isAudio() ? new SourceClock(rate) : SourceClock.ofPicture(rate);
    this.statistics = new ReceptionStatistics(format.ssrc(), rate);
    this.nacks =
        new NackList(
            format.codec().isAudio() ? NackList.Patience.SOUND : NackList.Patience.PICTURE);
  }

  /** A stream for the same output under another SSRC: its sequence numbers go on above these. */
  public ReceiveStream successor(Format next) {
    return new ReceiveStream(next, mediaClock, output, window.last());
  }

  /** What was negotiated. */
  public Format format() {
    return format;
  }

  /** The stream's place on the session's clock; {@link SourceClock#alignTo} picture to sound. */
  public SourceClock clock() {
    return clock;
  }

  /** Where listeners' requests for a key frame go. */
  public KeyFrameRequests keyFrames() {
    return keyFrames;
  }

  /** How many lost packets redundancy (RFC 2198) brought back. */
  public long recovered() {
    return recovered;
  }

  /**
   * Takes a packet of this stream's SSRC, or of its retransmissions' SSRC.
   *
   * @param packet an {@linkplain Verdict#ACCEPTED accepted} view; its buffer stays the caller's
   * @param arrivalNanos when it arrived, by the media clock's time source
   */
  public Verdict accept(RtpPacket packet, long arrivalNanos) {
    int payloadType = packet.payloadType();
    if (payloadType == format.payloadType()) {
      int start = packet.payloadStart();
      return media(packet, packet.sequence(), start, packet.payloadLength(), arrivalNanos, true);
    }
    if (payloadType == format.redPayloadType()) {
      return redundant(packet, arrivalNanos);
    }
    if (payloadType == format.rtxPayloadType()) {
      return retransmission(packet, arrivalNanos);
    }
    return Verdict.UNKNOWN_PAYLOAD_TYPE;
  }

  /** Takes a sender report of this stream, which may come before its first packet. */
  public void senderReport(SenderReport report, long arrivalNanos) {
    statistics.senderReport(report.ntp(), arrivalNanos);
    if (window.highest() >= 0) {
      clock.report(report.ntp(), timestamps.peek(report.rtpTimestamp()));
    } else {
      earlyReport = report;
    }
  }

  /** The block of the next receiver report, from the first packet on. */
  public Optional<ReportBlock> reportBlock(long nowNanos) {
    return statistics.hasReceived() ? Optional.of(statistics.block(nowNanos)) : Optional.empty();
  }

  /**
   * Says what to ask the sender for now: lost packets, a key frame. Call it every 10 to 20 ms.
   *
   * @param senderSsrc who asks: any SSRC of ours
   */
  public void feedback(int senderSsrc, long nowNanos, Consumer<RtcpPacket> requests) {
    List<Integer> due = nacks.due(nowNanos);
    if (!due.isEmpty()) {
      requests.accept(new Nack(senderSsrc, format.ssrc(), due));
    }
    if (format.codec().isAudio()) {
      return;
    }
    if (nacks.takeGaveUp()) {
      keyFrames.request();
    }
    if (keyFrames.poll(nowNanos)) {
      requests.accept(new Pli(senderSsrc, format.ssrc()));
    }
  }

  private Verdict redundant(RtpPacket packet, long arrivalNanos) {
    int start = packet.payloadStart();
    if (packet.payloadLength() == 0) {
      return media(packet, packet.sequence(), start, 0, arrivalNanos, true);
    }
    if (!red.read(packet.buffer(), start, start + packet.payloadLength())) {
      return Verdict.BAD_REDUNDANCY;
    }
    int primary = red.blocks() - 1;
    if (red.payloadType(primary) != format.payloadType()) {
      return Verdict.UNKNOWN_PAYLOAD_TYPE;
    }
    return media(
        packet, packet.sequence(), red.start(primary), red.length(primary), arrivalNanos, true);
  }

  private Verdict retransmission(RtpPacket packet, long arrivalNanos) {
    int length = packet.payloadLength();
    if (length == 0) {
      return Verdict.EMPTY; // A bandwidth probe on the retransmissions' SSRC.
    }
    if (length < 2) {
      return Verdict.BAD_RETRANSMISSION;
    }
    int start = packet.payloadStart();
    int original = packet.buffer().getUnsignedShort(start);
    if (!window.isMissing(Unwrapper.nearestSequence(window.highest(), original))) {
      return Verdict.DUPLICATE;
    }
    return media(packet, original, start + 2, length - 2, arrivalNanos, false);
  }

  /** Takes a packet whose payload, freed of its wrapping, is at {@code start}. */
  private Verdict media(
      RtpPacket packet,
      int sequence16,
      int start,
      int length,
      long arrivalNanos,
      boolean isOriginal) {
    long before = window.highest();
    Verdict verdict = window.offer(sequence16);
    if (!verdict.isAccepted()) {
      return verdict;
    }
    long sequence = window.current();
    boolean isNewest = sequence > before;
    if (before < 0 || window.restarted()) {
      statistics.restart(sequence);
      nacks.clear();
    } else if (isNewest) {
      noteGap(before + 1, sequence, arrivalNanos);
    } else {
      nacks.arrived(sequence);
    }
    long timestamp =
        isNewest ? timestamps.unwrap(packet.timestamp()) : timestamps.peek(packet.timestamp());
    statistics.received(sequence, timestamp, arrivalNanos);
    if (length == 0) {
      if (isNewest) {
        paddingGaps.add(sequence);
      }
      return Verdict.EMPTY;
    }
    // What was sent again comes late: its arrival says nothing of the sender's clock.
    long mediaTime =
        isOriginal && isNewest
            ? clock.observe(timestamp, mediaClock.ticks(arrivalNanos))
            : clock.mediaTime(timestamp);
    SenderReport early = earlyReport;
    if (early != null) {
      earlyReport = null;
      clock.report(early.ntp(), timestamps.peek(early.rtpTimestamp()));
    }
    int level = format.extensions().audioLevel(packet);
    if (packet.payloadType() == format.redPayloadType()) {
      recover(packet, sequence, timestamp, level);
    }
    emit(
        packet.buffer().retainedSlice(start, length),
        sequence,
        timestamp,
        mediaTime,
        packet.marker(),
        level);
    return Verdict.ACCEPTED;
  }

  private void noteGap(long from, long to, long arrivalNanos) {
    if (to > from && format.nack()) {
      nacks.missed(from, to, arrivalNanos);
    } else if (to > from && !format.codec().isAudio()) {
      keyFrames.request(); // Nobody will send it again.
    }
  }

  /** Emits the blocks of the RED packet just read that stand for lost packets, oldest first. */
  private void recover(RtpPacket packet, long sequence, long timestamp, int level) {
    int redundant = red.blocks() - 1;
    for (int i = 0; i < redundant; i++) {
      long lost = sequence - (redundant - i);
      if (red.length(i) > 0
          && red.payloadType(i) == format.payloadType()
          && window.isMissing(lost)) {
        window.mark(lost);
        nacks.arrived(lost);
        recovered++;
        long then = timestamp - red.timestampOffset(i);
        ByteBuf payload = packet.buffer().retainedSlice(red.start(i), red.length(i));
        emit(payload, lost, then, clock.mediaTime(then), false, level);
      }
    }
  }

  private void emit(
      ByteBuf payload, long sequence, long timestamp, long mediaTime, boolean marker, int level) {
    boolean keyFrame = format.codec().isAudio() || startsKeyFrame(payload, timestamp);
    if (keyFrame && !format.codec().isAudio()) {
      keyFrames.arrived();
      nacks.forgetBefore(sequence);
    }
    output.accept(
        new MediaPacket(
            payload, paddingGaps.renumber(sequence), mediaTime, marker, keyFrame, level));
  }

  private boolean startsKeyFrame(ByteBuf payload, long timestamp) {
    boolean starts =
        switch (format.codec()) {
          case OPUS -> true;
          case H264 -> H264Payload.startsKeyFrame(payload);
          case VP8 -> Vp8Payload.startsKeyFrame(payload);
        };
    if (!starts || timestamp == keyFrameTimestamp) {
      return false; // Only the first packet of a frame: its parameter sets, not its slices too.
    }
    keyFrameTimestamp = timestamp;
    return true;
  }
}
