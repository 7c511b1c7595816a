package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.Listener;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.OpusRepacketizer;
import org.kakehashi.media.rtp.OpusToc;

/**
 * A feed's sound for the listeners of one loop who take several frames in a packet: packed once,
 * and then only copied. Whoever changes between the feed and this does so where a packet ends, so
 * that nothing is heard twice or missed.
 *
 * <p>A packet is shorter where the sound breaks off or changes its configuration, and never longer
 * than agreed, whatever the source's packets last. On the loop.
 */
final class PackedFeed implements Listener {
  /** Where media time leaps by no more, the sender's clock was corrected and the sound goes on. */
  private static final long CLOCK_STEP = MediaClock.ticksIn(Duration.ofMillis(10));

  private final MediaLoop loop;
  private final Feed feed;
  private final int phases;
  private final int phase;
  private final long longest;
  private final OpusRepacketizer packer = new OpusRepacketizer();
  private final List<OutgoingTrack> members = new ArrayList<>();
  private final List<OutgoingTrack> joining = new ArrayList<>();
  private @Nullable Source original;
  private @Nullable Source packed;
  private long sequence;
  private long lastSequence;
  private long firstTime;
  private boolean marker;
  private int level = MediaPacket.NO_LEVEL;
  private long startedAt;

  /**
   * @param phase at which of the source's packets of 20 ms one of ours ends, from 0 on: where a
   *     crowd is spread over all of them, not everybody's packet leaves at the same moment
   */
  PackedFeed(MediaLoop loop, Feed feed, Packing packing, int phase) {
    this.loop = loop;
    this.feed = feed;
    this.phases = packing.frames();
    this.phase = phase;
    this.longest = MediaClock.ticksIn(Duration.ofMillis(packing.millis()));
  }

  void open() {
    feed.subscribe(this);
  }

  /** Lets a listener of the feed join where the next packet begins. */
  void join(OutgoingTrack track) {
    if (!joining.contains(track) && !members.contains(track)) {
      joining.add(track);
    }
  }

  /** Lets a listener go. It may call this while it is called. */
  void leave(OutgoingTrack track) {
    joining.remove(track);
    members.remove(track);
  }

  boolean isUnused() {
    return members.isEmpty() && joining.isEmpty();
  }

  int listeners() {
    return members.size();
  }

  /** Those who join included. */
  int claimed() {
    return members.size() + joining.size();
  }

  @Override
  public void accept(Source from, MediaPacket packet) {
    if (from != original) {
      flush();
      original = from;
      packed = from.repacked(from.id() + "-packed");
      sequence = 0;
    } else if (packet.sequence() <= lastSequence) {
      loop.counters().dropped(DropReason.RTP_UNUSABLE); // Too late: its place is taken.
      return;
    } else if (packet.sequence() > lastSequence + 1) {
      flush();
      sequence++; // What was lost on its way to us the listener shall know of, and conceal.
    } else if (packet.marker() || !followsOn(packet)) {
      flush();
    }
    lastSequence = packet.sequence();
    int samples = OpusToc.samples(packet.payload());
    if (packer.samples() + samples > longest) {
      flush();
    }
    if (!packer.add(packet.payload())) {
      flush();
      if (!packer.add(packet.payload())) {
        return; // No Opus packet: nobody could have played it.
      }
    }
    begin(packet);
    if (packer.samples() >= longest || endsOne(packet.sequence(), samples)) {
      flush();
    }
  }

  /** Whether it begins where what waits ends: after a silence it does not. */
  private boolean followsOn(MediaPacket packet) {
    // Samples at 48 kHz are ticks.
    return packer.frames() == 0 || packet.mediaTime() - firstTime - packer.samples() <= CLOCK_STEP;
  }

  private boolean endsOne(long sequence, int samples) {
    int together = (int) Math.max(1, longest / samples);
    return Math.floorMod(sequence, together) == phase * together / phases;
  }

  private void begin(MediaPacket packet) {
    if (startedAt == 0) {
      startedAt = loop.now() | 1;
      firstTime = packet.mediaTime();
      marker = packet.marker();
      level = packet.level();
    }
    level = Math.max(level, packet.level());
  }

  /** Sends what waits for frames that do not come: the sender fell silent. */
  void tick(long nowNanos, long patienceNanos) {
    if (startedAt != 0 && nowNanos - startedAt > patienceNanos) {
      flush();
    }
  }

  private void flush() {
    Source source = packed;
    if (packer.frames() == 0 || source == null) {
      packer.clear();
      startedAt = 0;
      return;
    }
    ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(packer.maxLength());
    packer.write(payload);
    packer.clear();
    startedAt = 0;
    MediaPacket packet = new MediaPacket(payload, sequence++, firstTime, marker, true, level);
    packet.retain();
    source.publish(packet); // To the cache for retransmission.
    try {
      for (int i = members.size() - 1; i >= 0; i--) { // One may leave while it is called.
        members.get(i).accept(source, packet);
      }
    } finally {
      packet.release();
    }
    if (!joining.isEmpty()) {
      // Who joins must have heard the frames of this packet from the feed, and they may yet be
      // told.
      loop.eventLoop().execute(this::welcome);
    }
  }

  private void welcome() {
    if (packer.frames() > 0) {
      return; // The next packet has begun; there will be another.
    }
    for (OutgoingTrack track : List.copyOf(joining)) {
      if (track.hasHeard(original, lastSequence)) {
        joining.remove(track);
        members.add(track);
        feed.unsubscribe(track);
      }
    }
  }

  /** Whether no packet is half full. */
  boolean isBetweenPackets() {
    return packer.frames() == 0;
  }

  boolean has(OutgoingTrack track) {
    return members.contains(track);
  }

  void close() {
    feed.unsubscribe(this);
    packer.clear();
  }

  @Override
  public EventExecutor loop() {
    return loop.eventLoop();
  }
}
