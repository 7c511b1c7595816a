package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;

/**
 * One outgoing track as its listener sees it: one SSRC whose sequence and timestamps run on,
 * whichever source feeds it.
 *
 * <p>Sequence: a change of source leaves no gap; a gap inside a source stays, so that the listener
 * sees the loss and can ask for the packet. Timestamp: media time at the codec's rate plus an
 * offset, which another source of the same content takes over. The offset changes where the
 * timestamp would otherwise go back, or where sound that follows on would seem to leave a few
 * milliseconds out; sender reports then tell the listener how content and session clock relate, so
 * its sound and picture stay together.
 *
 * <p>Nothing is allocated for a packet but where the source or the offset changes. Thread: the
 * listener's media loop.
 */
public final class SendStream {
  /**
   * The longest header written: 12 bytes, and an extension block with mid, audio level and
   * transport-wide sequence number.
   */
  public static final int MAX_HEADER = RtpPacket.HEADER_LENGTH + 4 + 24;

  /** A longer gap inside a source shows as the loss of one packet. */
  static final int MAX_GAP = 256;

  /** A packet later than this is a source that counts anew. */
  private static final int MAX_LATE = SequenceWindow.SIZE;

  private final SendFormat format;
  private final MediaClock clock;
  private final int[] payloadTypes = new int[Codec.values().length];
  private final SendHeaders headers;
  private final SendReports reports;
  private final long baseOffset;
  private final SendHistory history = new SendHistory();
  private final SendTimeline timeline = new SendTimeline();
  private final RetransmissionBudget budget = new RetransmissionBudget();
  private final ReceiverView receiver = new ReceiverView();
  private final LineLoss lineLoss;
  private @Nullable Paddings paddings; // Only where the line is ever looked at.

  private boolean betweenFrames = true;
  private boolean interrupted;
  private long highest;
  private int octets;

  /**
   * @param clock the session's clock
   * @param random for the start of sequence and timestamp (RFC 3550 §5.1)
   */
  public SendStream(SendFormat format, MediaClock clock, RandomGenerator random) {
    this(format, clock, random, null);
  }

  /**
   * A track whose packets are numbered across all tracks of its peer, if that is negotiated.
   *
   * @param clock the session's clock
   * @param random for the start of sequence and timestamp (RFC 3550 §5.1)
   * @param transportSequence the number of the packet about to be written, 0 to 65535; null for
   *     none
   */
  public SendStream(
      SendFormat format,
      MediaClock clock,
      RandomGenerator random,
      @Nullable IntSupplier transportSequence) {
    this.format = format;
    this.headers = new SendHeaders(format, transportSequence);
    this.reports = new SendReports(format, clock);
    this.clock = clock;
    Arrays.fill(payloadTypes, -1);
    format.payloadTypes().forEach((codec, type) -> payloadTypes[codec.ordinal()] = type);
    // Below 2^15, so that receivers agree on SRTP's roll-over counter whichever packet is first.
    this.highest = random.nextInt(1 << 15) - 1L;
    this.lineLoss = new LineLoss(highest);
    this.baseOffset = random.nextInt() & 0xFFFF_FFFFL;
  }

  /** Our SSRC, 32 bits. */
  public int ssrc() {
    return format.ssrc();
  }

  /** Whether the listener takes this codec. */
  public boolean takes(Codec codec) {
    return payloadTypes[codec.ordinal()] >= 0;
  }

  /** What the listener reports of this track. */
  public ReceiverView receiver() {
    return receiver;
  }

  /**
   * The share of packets lost of late between us and the listener, 0 to 1: without those that never
   * reached us.
   */
  public double lineLoss() {
    return lineLoss.share();
  }

  /** How many packets were written, those sent again included; modulo 2^32. */
  public int packets() {
    return headers.count();
  }

  /** Whether the packet written last took the transport-wide number that was offered. */
  public boolean isNumberedAnew() {
    return headers.isNumberedAnew();
  }

  /** How many bytes of payload were written, modulo 2^32. */
  public int octets() {
    return octets;
  }

  /**
   * Writes a packet's header and payload at the writer index of {@code out}, ready to be encrypted
   * in place.
   *
   * @param out needs room for the payload and {@value #MAX_HEADER} bytes
   * @return false, and nothing written, if the packet is not for this listener: its codec was not
   *     negotiated, or it is a late packet from before its source was switched to
   */
  public boolean write(Source from, MediaPacket packet, ByteBuf out) {
    if (!writeHeader(from, packet, out)) {
      return false;
    }
    ByteBuf payload = packet.payload();
    out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    return true;
  }

  /** As {@link #write}, but the header only; the payload follows at the writer index. */
  public boolean writeHeader(Source from, MediaPacket packet, ByteBuf out) {
    int payloadType = payloadTypes[from.codec().ordinal()];
    if (payloadType < 0) {
      return false;
    }
    SendHistory.Run run = history.current();
    boolean switched = run == null || run.source() != from;
    boolean seamless = run != null && switched && run.source().isSameContent(from);
    if (run == null || switched || interrupted) {
      interrupted = false;
      timeline.codec(from.codec());
      // What the sender's clock has drifted since stays taken up: the same sound runs on.
      long offset = run != null && seamless ? run.timestampOffset() : baseOffset;
      run = history.add(from, highest + 1, highest + 1 - packet.sequence(), offset, true);
    }
    long sequence = packet.sequence() + run.shift();
    if (sequence > highest + MAX_GAP || sequence < highest - MAX_LATE) {
      run =
          history.add(
              from, highest + 2, highest + 2 - packet.sequence(), run.timestampOffset(), true);
      sequence = highest + 2;
    }
    long timestamp;
    if (sequence > highest) {
      timestamp = next(run, packet, sequence);
      if (sequence > highest + 1) {
        lineLoss.leftOut(sequence - 1, sequence - highest - 1);
      }
      highest = sequence;
    } else {
      SendHistory.Run then = history.place(from, packet.sequence());
      if (then == null) {
        return false;
      }
      sequence = packet.sequence() + then.shift();
      timestamp = timeline.at(packet.mediaTime(), then);
      lineLoss.cameLate(sequence);
    }
    boolean begins = switched && !seamless && from.codec().isAudio();
    if (begins) {
      history.mark(sequence);
    }
    boolean marker = packet.marker() || begins;
    betweenFrames = packet.marker();
    headers.put(out, marker, packet.level(), payloadType, sequence, timestamp);
    octets += packet.payload().readableBytes();
    budget.sent();
    return true;
  }

  /**
   * Whose packet a listener asks for again.
   *
   * @param sequence as the listener saw it
   * @param source that sent it
   * @param sourceSequence as the source counts: the key into its {@link PacketCache}
   */
  public record Origin(long sequence, Source source, long sourceSequence) {}

  /**
   * Finds the packet behind a sequence number of a {@link RtcpPacket.Nack}.
   *
   * @param sequence 0 to 65535
   * @return empty if it was never sent, lies behind the last changes of source, or this listener
   *     asks for more than its share
   */
  public Optional<Origin> origin(int sequence) {
    long asked = Unwrapper.nearestSequence(highest, sequence);
    SendHistory.Run run = asked > highest ? null : history.find(asked);
    if (run == null || asked <= highest - MAX_LATE || !budget.take()) {
      return Optional.empty();
    }
    return Optional.of(new Origin(asked, run.source(), asked - run.shift()));
  }

  /**
   * Writes a packet once more, with the very header it had: see {@link TransportNumbers}.
   *
   * @return false, and nothing written, if it is no longer known what header that was
   */
  public boolean writeAgain(Origin origin, MediaPacket packet, ByteBuf out) {
    SendHistory.Run run = history.find(origin.sequence());
    int payloadType = payloadTypes[origin.source().codec().ordinal()];
    if (run == null || run.source() != origin.source() || payloadType < 0) {
      return false;
    }
    long timestamp = timeline.at(packet.mediaTime(), run);
    boolean marker = packet.marker() || run.marks(origin.sequence());
    headers.put(out, marker, packet.level(), payloadType, origin.sequence(), timestamp);
    octets += packet.payload().readableBytes();
    ByteBuf payload = packet.payload();
    out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    return true;
  }

  /**
   * What the source sends until the next packet written is left out on purpose: its numbers are,
   * too, lest the listener ask for it.
   */
  public void interrupt() {
    interrupted = true;
    betweenFrames = true; // What there was of a picture is all that comes of it.
  }

  /**
   * Writes a packet that is nothing but padding (RFC 3550 §5.1), to see whether the line takes
   * more. Only between two pictures, so that none is cut in two.
   *
   * @param length of the padding in bytes, 1 to 255
   * @return false, and nothing written, in the middle of a picture
   */
  public boolean writePadding(int length, ByteBuf out) {
    int payloadType = paddingType();
    if (!betweenFrames || payloadType < 0) {
      return false;
    }
    long sequence = highest + 1;
    history.skip(sequence);
    highest = sequence;
    int timestamp = (int) timeline.last(baseOffset);
    Paddings before = paddings;
    if (before == null) {
      before = new Paddings();
      paddings = before;
    }
    putPadding(before, before.add(sequence, timestamp, payloadType, length), out);
    return true;
  }

  /**
   * Writes padding once more, as it was.
   *
   * @param sequence as the listener saw it, 0 to 65535
   * @return false, and nothing written, if this was no padding, or this listener asks for more than
   *     its share
   */
  public boolean writePaddingAgain(int sequence, ByteBuf out) {
    Paddings before = paddings;
    if (before == null) {
      return false;
    }
    long asked = Unwrapper.nearestSequence(highest, sequence);
    int slot = before.find(asked);
    if (slot < 0 || !budget.take()) {
      return false;
    }
    putPadding(before, slot, out);
    return true;
  }

  private void putPadding(Paddings of, int slot, ByteBuf out) {
    int start = out.writerIndex();
    int length = of.length(slot);
    headers.put(
        out,
        false,
        MediaPacket.NO_LEVEL,
        of.payloadType(slot),
        of.sequence(slot),
        of.timestamp(slot));
    out.setByte(start, out.getByte(start) | 0x20);
    out.writeZero(length - 1).writeByte(length);
  }

  /** The type of what was sent last, or of what would be. */
  private int paddingType() {
    SendHistory.Run run = history.current();
    if (run != null) {
      return payloadTypes[run.source().codec().ordinal()];
    }
    for (int type : payloadTypes) {
      if (type >= 0) {
        return type;
      }
    }
    return -1;
  }

  /** Takes a report block about this track. */
  public void receiverReport(ReportBlock block, long nowNanos) {
    headers.reported(highest);
    lineLoss.report(block, highest);
    receiver.report(block, NtpTime.of(clock.wallTime(clock.ticks(nowNanos))));
  }

  /**
   * Whether a sender report is due: five seconds after the last, or at once where the relation of
   * timestamp to session clock has changed audibly.
   */
  public boolean isReportDue(long nowNanos) {
    SendHistory.Run run = history.current();
    return run != null
        && reports.isDue(nowNanos, run.timestampOffset(), timeline.tenMilliseconds());
  }

  /** Writes a sender report and the CNAME (RFC 3550 §6.1); nothing before the first packet. */
  public void writeReport(long nowNanos, ByteBuf out) {
    SendHistory.Run run = history.current();
    if (run != null) {
      int timestamp = (int) timeline.at(clock.ticks(nowNanos), run);
      reports.write(nowNanos, timestamp, headers.count(), octets, run.timestampOffset(), out);
    }
  }

  private long next(SendHistory.Run run, MediaPacket packet, long sequence) {
    boolean sameRun = run.first() <= highest;
    long plain = timeline.at(packet.mediaTime(), run);
    long timestamp = timeline.next(plain, packet, sequence - highest, sameRun);
    if (timestamp != plain) {
      long offset = run.timestampOffset() + timestamp - plain;
      history.add(run.source(), sequence, run.shift(), offset, false);
    }
    return timestamp;
  }
}
