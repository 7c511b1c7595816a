package org.kakehashi.media.recording;

import java.io.IOException;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/**
 * Records one channel: sound in its place, silence elsewhere, in AAC frames on the grid of the
 * recording's ticks that all channels share.
 *
 * <p>Thread: the recorder's.
 */
final class AudioTrack implements RecordedTrack {
  private static final int FRAME = AacLane.FRAME;

  /** Sound this near the end of what is there may still be faded. */
  private static final long UNSETTLED = SampleLine.EDGE;

  /** A packet is placed at least this long before its place is due to be read. */
  private static final long BEFORE_DUE = 2_880;

  private final TrackWriter writer;
  private final Cutting cutting;
  private final long hold;
  private final SampleLine line;
  private final ChannelSound sound;
  private final AacLane lane;
  private final Fragmenter fragmenter;
  private final int init;
  private final float[] samples = new float[FRAME];
  private long partStart;
  private int partFrames;
  private long segmentEnd;

  /** The frame that will come out of the encoder next. */
  private long outgoing;

  /**
   * @param writer where the track goes on, at a multiple of {@link AacLane#FRAME}
   * @param origin added to the session's media times to make them the recording's
   * @param hold how long late packets are waited for, in ticks
   */
  AudioTrack(TrackWriter writer, Cutting cutting, long origin, long hold, int bitRate)
      throws IOException {
    this.writer = writer;
    this.cutting = cutting;
    this.hold = hold;
    long start = writer.end();
    line = new SampleLine(start);
    sound = new ChannelSound(line, origin);
    lane = new AacLane(bitRate);
    fragmenter = Fragmenter.aac(bitRate);
    init = writer.init(fragmenter.init(), new VideoFormat("mp4a.40.2", 0, 0));
    outgoing = start - (long) AacLane.DELAY * FRAME;
    partStart = start;
    segmentEnd = segmentEndAfter(start);
  }

  @Override
  public void accept(Source from, MediaPacket packet) {
    sound.accept(from, packet);
  }

  @Override
  public void advance(long now) throws IOException {
    sound.release(now - hold + BEFORE_DUE);
    encodeTo(Math.max(now - hold, Math.min(now, line.end() - UNSETTLED)));
  }

  @Override
  public void end(long end) throws IOException {
    sound.flush();
    encodeTo(end);
    for (int i = 0; i < AacLane.DELAY; i++) {
      encode(new float[FRAME], false);
    }
    cutPart();
    writer.closeSegment();
  }

  @Override
  public void skipTo(long time) throws IOException {
    writer.bulk(true);
    encodeTo(time);
    writer.bulk(false);
  }

  private void encodeTo(long time) throws IOException {
    while (line.position() + FRAME <= time) {
      boolean any = line.read(samples, FRAME);
      encode(samples, any);
    }
  }

  private void encode(float[] frame, boolean any) throws IOException {
    byte[] bytes = lane.encode(frame, any);
    long time = outgoing;
    outgoing += FRAME;
    if (time < partStart) {
      return; // From before this recorder began: the encoder's start-up.
    }
    fragmenter.add(time, FRAME, true, bytes);
    partFrames++;
    boolean endsSegment = outgoing >= segmentEnd;
    if (endsSegment || partFrames == cutting.partFrames()) {
      cutPart();
    }
    if (endsSegment) {
      writer.closeSegment();
      segmentEnd = segmentEndAfter(outgoing);
    }
  }

  private void cutPart() throws IOException {
    if (partFrames > 0) {
      writer.part(init, partStart, (long) partFrames * FRAME, true, fragmenter.cut());
      partStart = outgoing;
      partFrames = 0;
    }
  }

  /** The first frame boundary at or after the next multiple of the segment's duration. */
  private long segmentEndAfter(long time) {
    long ticks = cutting.segmentTicks();
    long multiple = (Math.floorDiv(time, ticks) + 1) * ticks;
    return Math.ceilDiv(multiple, (long) FRAME) * FRAME;
  }

  @Override
  public long recordedTo() {
    return writer.end();
  }

  @Override
  public long late() {
    return sound.late();
  }

  @Override
  public long bytes() {
    return writer.bytes();
  }

  @Override
  public void close() throws IOException {
    try (writer) {
      sound.close();
      lane.close();
      fragmenter.close();
    }
  }
}
