package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.Listener;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.congestion.SentPackets;
import org.kakehashi.media.rtp.PacketCache;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;
import org.kakehashi.media.rtp.SendStream;

/**
 * A media line on which we send to a peer whatever it listens to now: the packet's header is
 * rewritten and all of it encrypted in one buffer. On the peer's loop, but for {@link #listen} and
 * what only reads.
 */
public final class OutgoingTrack implements Listener {
  /** How long to wait for a key frame before asking for it again. */
  private static final long KEY_FRAME_PATIENCE = TimeUnit.SECONDS.toNanos(1);

  /** The most that one packet can be padded by (RFC 3550 §5.1). */
  private static final int MAX_PADDING = 255;

  private static final VarHandle PACKETS = counter("packets");
  private static final VarHandle BYTES = counter("bytes");
  private static final VarHandle RETRANSMITTED = counter("retransmitted");

  private final MediaLoop loop;
  private final String mid;
  private final boolean audio;
  private final int maxPacketMillis;
  private final PeerTransport transport;
  private final SourceCaches caches;
  private final SendStream stream;
  private final @Nullable SentPackets sent;
  private final @Nullable LayerChoice choice;
  private final LineTrust line = new LineTrust();
  private volatile @Nullable Feed wanted;
  private @Nullable Feed current;
  private int importance;
  private @Nullable PackedFeed packed;
  private @Nullable Source source;
  private long lastSequence;
  private boolean awaitsKeyFrame;
  private long askedAtNanos;
  private boolean closed;

  // Counted on the loop with every packet, where a volatile store would wait for all before it.
  private long packets;
  private long bytes;
  private long retransmitted;

  /**
   * @param maxPacketMillis how much sound a packet may hold; 0 for whoever must not wait for it
   * @param sent where what leaves is noted, for a peer that says when it arrives; null for others
   */
  OutgoingTrack(
      MediaLoop loop,
      String mid,
      boolean audio,
      int maxPacketMillis,
      PeerTransport transport,
      SourceCaches caches,
      SendStream stream,
      @Nullable SentPackets sent) {
    this.loop = loop;
    this.mid = mid;
    this.audio = audio;
    this.maxPacketMillis = maxPacketMillis;
    this.transport = transport;
    this.caches = caches;
    this.stream = stream;
    this.sent = sent;
    this.choice = audio || sent == null ? null : new LayerChoice();
  }

  private static VarHandle counter(String name) {
    try {
      return MethodHandles.lookup().findVarHandle(OutgoingTrack.class, name, long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /**
   * Listens to {@code feed} from now on in place of what it listened to before; to nothing if null.
   * Any thread; the change falls between two packets. Where several threads ask at once, the last
   * one has its way.
   */
  public void listen(@Nullable Feed feed) {
    wanted = feed;
    loop.run(this::follow);
  }

  private void follow() {
    Feed asked = closed ? null : wanted;
    Feed next = asked == null || choice == null ? asked : asked.layers();
    Feed before = current;
    if (next == before) {
      return;
    }
    current = next;
    importance = asked == null ? 0 : asked.importance();
    if (choice != null) {
      choice.reset();
    }
    if (before != null) {
      before.unsubscribe(this);
    }
    leavePacked();
    awaitsKeyFrame = !audio;
    askedAtNanos = loop.now() - KEY_FRAME_PATIENCE;
    if (next != null) {
      next.subscribe(this);
    } else {
      leaveSource();
    }
  }

  @Override
  public void accept(Source from, MediaPacket packet) {
    if (choice != null && !choice.admits(from, packet, loop.now())) {
      if (from == source) {
        stream.interrupt();
      }
      return; // Another layer, or more than the line takes.
    }
    if (from != source) {
      enter(from);
    }
    if (awaitsKeyFrame) {
      if (!packet.keyFrame()) {
        askForKeyFrame(from);
        loop.counters().dropped(DropReason.AWAITING_KEY_FRAME);
        return;
      }
      awaitsKeyFrame = false;
    }
    if (packet.payload().readableBytes() > Demultiplexer.MAX_PACKET) {
      loop.counters().dropped(DropReason.TOO_LONG);
      return;
    }
    lastSequence = packet.sequence();
    ByteBuf out = loop.outgoing();
    if (!stream.write(from, packet, out)) {
      loop.counters()
          .dropped(
              stream.takes(from.codec()) ? DropReason.RTP_UNUSABLE : DropReason.CODEC_NOT_AGREED);
      return;
    }
    count(send(out));
  }

  private int send(ByteBuf packet) {
    int bytes = transport.sendRtp(packet, stream.ssrc());
    if (sent != null && bytes > 0 && stream.isNumberedAnew()) {
      sent.sent(bytes, loop.now());
    }
    return bytes;
  }

  private void count(int sent) {
    if (sent > 0) {
      PACKETS.setOpaque(this, packets + 1);
      BYTES.setOpaque(this, bytes + sent);
    }
  }

  private void enter(Source next) {
    leaveSource();
    source = next;
    caches.use(next);
    if (!audio) {
      awaitsKeyFrame = true;
      askedAtNanos = loop.now() - KEY_FRAME_PATIENCE;
    }
  }

  private void leaveSource() {
    Source before = source;
    source = null;
    if (before != null) {
      caches.leave(before);
    }
  }

  private void askForKeyFrame(Source from) {
    long now = loop.now();
    if (now - askedAtNanos >= KEY_FRAME_PATIENCE) {
      askedAtNanos = now;
      from.requestKeyFrame();
    }
  }

  /**
   * Looks whether it is better served by packed sound or by plain. Whose line loses packets gets
   * plain.
   */
  void tick() {
    Feed feed = current;
    if (!audio || feed == null) {
      return;
    }
    boolean wants = line.isGood() && loop.packed().isFor(maxPacketMillis);
    PackedFeed joined = packed;
    if (wants && joined == null) {
      packed = loop.packed().of(feed);
      packed.join(this);
    } else if (!wants && joined != null && joined.isBetweenPackets()) {
      boolean heardPacked = joined.has(this);
      leavePacked();
      if (heardPacked) {
        feed.subscribe(this);
      }
    }
  }

  private void leavePacked() {
    PackedFeed joined = packed;
    packed = null;
    if (joined != null) {
      joined.leave(this);
    }
  }

  /** Whether the last packet it was given is this one. */
  boolean hasHeard(@Nullable Source from, long sequence) {
    return source == from && lastSequence == sequence;
  }

  /** The listener cannot decode any more. */
  void pictureLost() {
    Source from = source;
    if (from != null) {
      from.requestKeyFrame();
    }
  }

  /** Sends again what the listener misses, as far as it is still here. */
  void resend(List<Integer> lost) {
    for (int sequence : lost) {
      ByteBuf out = loop.outgoing();
      if (stream.writePaddingAgain(sequence, out)) {
        int unused = send(out);
      } else {
        stream.origin(sequence).ifPresent(this::resend);
      }
    }
  }

  private void resend(SendStream.Origin origin) {
    PacketCache cache = caches.of(origin.source()).orElse(null);
    MediaPacket packet = cache == null ? null : cache.take(origin.sourceSequence()).orElse(null);
    if (packet == null) {
      return;
    }
    try {
      ByteBuf out = loop.outgoing();
      if (stream.writeAgain(origin, packet, out) && send(out) > 0) {
        RETRANSMITTED.setOpaque(this, retransmitted + 1);
      }
    } finally {
      packet.release();
    }
  }

  /**
   * Sends about so many bytes of nothing, to see whether the line takes them.
   *
   * @return false if it cannot now
   */
  boolean pad(int bytes) {
    int left = bytes;
    while (left > 0) {
      ByteBuf out = loop.outgoing();
      if (!stream.writePadding(MAX_PADDING, out) || send(out) == 0) {
        return false;
      }
      left -= MAX_PADDING;
    }
    return true;
  }

  /** Which layer of the picture is sent; null where that is not for the line to say. */
  @Nullable LayerChoice choice() {
    return choice;
  }

  /** Which of the pictures go first. */
  int importance() {
    return importance;
  }

  void reported(ReportBlock block, long nowNanos) {
    stream.receiverReport(block, nowNanos);
    line.reported(stream.lineLoss(), loop.now());
  }

  SendStream stream() {
    return stream;
  }

  /** Listens to nothing more, for good. */
  void close() {
    closed = true;
    follow();
  }

  @Override
  public EventExecutor loop() {
    return loop.eventLoop();
  }

  /** Whether this is sound rather than picture. */
  public boolean isAudio() {
    return audio;
  }

  /** The media line's identification (RFC 9143); empty if the offer has none. */
  public String mid() {
    return mid;
  }

  /** What this track has sent. Any thread. */
  public Stats stats() {
    return new Stats(
        (long) PACKETS.getOpaque(this),
        (long) BYTES.getOpaque(this),
        (long) RETRANSMITTED.getOpaque(this),
        stream.receiver().loss());
  }

  /**
   * What a track has sent since its peer connected.
   *
   * @param packets packets sent, without retransmissions
   * @param bytes their length, encrypted
   * @param retransmitted packets sent again because the listener asked
   * @param fractionLost the share of packets the listener last said it missed, 0 to 1
   */
  public record Stats(long packets, long bytes, long retransmitted, double fractionLost) {}
}
