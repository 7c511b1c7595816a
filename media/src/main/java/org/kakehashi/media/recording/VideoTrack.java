package org.kakehashi.media.recording;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.Layers;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.codec.NalUnits;
import org.kakehashi.media.rtp.Depacketizer;
import org.kakehashi.media.stage.Picture;

/**
 * Records one picture. What it shows, from best to last:
 *
 * <pre>
 *   passed     H.264 as it comes
 *   encoded    another codec; or a source that sends too seldom for parts of a given length, whose
 *              last picture is shown again meanwhile
 *   slate      nobody is shown, or nothing has come for too long
 * </pre>
 *
 * <p>Thread: the recorder's.
 */
final class VideoTrack implements RecordedTrack, FrameAssembly.Out {
  /** A key frame is asked for this long before it is due: 50 ms. */
  private static final long ASK_EARLY = 2_400;

  /** A key frame is asked for again after this long: 500 ms. */
  private static final long ASK_AGAIN = 24_000;

  private static final int LENGTH = 4;

  private final TrackWriter writer;
  private final Cutting cutting;
  private final Picture picture;
  private final Rules rules;
  private final Slate slate;
  private final VideoCutter cutter;
  private final FrameAssembly assembly = new FrameAssembly(this);
  private final PassedGroup group = new PassedGroup();
  private final EncodedPicture encoded;
  private Showing showing = Showing.SLATE;

  /** When the last frame came that could be shown, in ticks of the recording. */
  private long lastFrame = Long.MIN_VALUE / 2;

  private long asked = Long.MIN_VALUE / 2;
  private long now;

  private enum Showing {
    PASSED,
    ENCODED,
    SLATE
  }

  /**
   * What differs from one picture to another.
   *
   * @param origin added to the session's media times to make them the recording's
   * @param hold how long late packets are waited for, in ticks
   * @param blankAfter after this long without a frame the slate is shown, in ticks
   */
  record Rules(long origin, long hold, long blankAfter) {}

  VideoTrack(TrackWriter writer, Cutting cutting, Picture picture, Rules rules, Slate slate) {
    this.writer = writer;
    this.cutting = cutting;
    this.picture = picture;
    this.rules = rules;
    this.slate = slate;
    this.cutter = new VideoCutter(writer, cutting);
    this.encoded = new EncodedPicture(cutter);
  }

  @Override
  public void accept(Source from, MediaPacket packet) {
    assembly.accept(from, packet);
  }

  @Override
  public void begin(Source from) {
    encoded.end();
    group.clear();
  }

  @Override
  public boolean frame(Source from, long mediaTime, Depacketizer frame, boolean afterLoss) {
    long time = mediaTime + rules.origin();
    try {
      boolean used =
          from.codec() == Codec.H264
              ? h264(time, frame.frame(), afterLoss)
              : other(from.codec(), time, frame.frame(), afterLoss);
      if (used) {
        lastFrame = Math.max(lastFrame, time);
      } else {
        askForKeyFrame();
      }
      return used;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean h264(long time, ByteBuf frame, boolean afterLoss) throws IOException {
    Optional<AccessUnit> unit = AccessUnit.of(NalUnits.ofLengths(frame, LENGTH));
    if (unit.isEmpty()) {
      return true; // Parameter sets that travel alone; the next key frame has its own.
    }
    if (showing == Showing.PASSED && time - cutter.lastTime() > cutting.partTicks()) {
      stall();
    }
    if (!group.add(unit.get(), afterLoss)) {
      return false;
    }
    boolean isFast = time - lastFrame <= cutting.partTicks();
    boolean mayPass = isFast || showing == Showing.SLATE || !encoded.isOpen();
    if (showing == Showing.PASSED || unit.get().key() && mayPass) {
      pass(time, unit.get());
      return true;
    }
    boolean isNew =
        encoded.isOpen()
            ? encoded.take(unit.get().data())
            : encoded.open(Codec.H264, group); // The group has this frame already.
    if (isNew) {
      showEncoded(time);
    }
    if (isFast || !isNew) {
      askForKeyFrame(); // It comes often enough to be passed through.
    }
    return true;
  }

  private boolean other(Codec codec, long time, ByteBuf frame, boolean afterLoss)
      throws IOException {
    boolean key = frame.isReadable() && (frame.getByte(frame.readerIndex()) & 1) == 0;
    if (!key && (afterLoss || !encoded.isOpen())) {
      return false;
    }
    if (!encoded.isOpen()) {
      encoded.open(codec);
    }
    if (!encoded.take(ByteBufUtil.getBytes(frame))) {
      return false;
    }
    showEncoded(time);
    return true;
  }

  private void pass(long time, AccessUnit unit) throws IOException {
    PictureFormat format = group.format();
    if (format == null) {
      return;
    }
    long at = startAt(time, showing == Showing.PASSED);
    showing = Showing.PASSED;
    encoded.end();
    cutter.add(at, unit.key(), format, unit.data());
  }

  private void showEncoded(long time) throws IOException {
    long at = startAt(time, showing == Showing.ENCODED && encoded.hasShown());
    if (encoded.show(at, showing != Showing.ENCODED)) {
      showing = Showing.ENCODED;
    }
  }

  /** Where a frame of {@code time} goes: at its time if that is not filled yet, else next. */
  private long startAt(long time, boolean goesOn) throws IOException {
    if (!goesOn) {
      fill(time, true);
    }
    return Math.max(time, cutter.position());
  }

  @Override
  public void advance(long now) throws IOException {
    this.now = now;
    long due = now - rules.hold();
    assembly.release(due - rules.origin());
    if (showing == Showing.PASSED && due - cutter.lastTime() >= cutting.partTicks()) {
      stall();
    }
    if (showing != Showing.PASSED) {
      blankIfGone(due);
      fill(due, false);
    } else if (cutter.isKeyDue(now + ASK_EARLY - cutting.partTicks() / 2)) {
      askForKeyFrame();
    }
  }

  /** Nothing came in time: goes on showing the last picture, as far as it can be told. */
  private void stall() throws IOException {
    cutter.finish(cutter.partEnd()); // The part is as long as others, and the last of its segment.
    showing = encoded.open(Codec.H264, group) ? Showing.ENCODED : Showing.SLATE;
    encoded.restart();
  }

  private void blankIfGone(long due) {
    boolean slidesStay = rules.blankAfter() == Long.MAX_VALUE && picture.target() != null;
    long patience = rules.blankAfter() == Long.MAX_VALUE ? 0 : rules.blankAfter();
    if (showing == Showing.ENCODED && !slidesStay && due - lastFrame > patience) {
      showing = Showing.SLATE;
      encoded.restart();
    }
  }

  /**
   * Shows the last picture, or the slate, until {@code time}.
   *
   * @param exactly whether to end there, rather than with the last whole part before
   */
  private void fill(long time, boolean exactly) throws IOException {
    long unit = unit();
    if (cutter.isKeeping()) {
      long lasts = time - cutter.lastTime();
      if (!exactly && lasts < unit) {
        return;
      }
      cutter.finish(exactly && lasts <= cutting.partTicks() ? time : cutter.lastTime() + unit);
    }
    while (time - cutter.position() >= unit) {
      fillOnce(cutter.position() + unit);
    }
    if (exactly && time > cutter.position()) {
      fillOnce(time);
    }
  }

  private void fillOnce(long end) throws IOException {
    long at = cutter.position();
    boolean shown = showing == Showing.ENCODED && encoded.show(at, !encoded.hasShown());
    if (!shown) {
      cutter.add(at, true, slate.format(), slate.data());
    }
    cutter.finish(end);
  }

  /** How long a repeated picture lasts: a segment is a whole number of them. */
  private long unit() {
    return cutting.segmentTicks() / Math.ceilDiv(cutting.segmentTicks(), cutting.partTicks());
  }

  private void askForKeyFrame() {
    Source source = picture.target();
    if (source != null && now - asked >= ASK_AGAIN) {
      asked = now;
      Layers.largest(source.layers()).requestKeyFrame();
    }
  }

  @Override
  public void skipTo(long time) throws IOException {
    writer.bulk(true);
    fill(time, true);
    writer.bulk(false);
  }

  @Override
  public void end(long end) throws IOException {
    assembly.flush();
    if (showing == Showing.PASSED && end - cutter.lastTime() > cutting.partTicks()) {
      stall();
    }
    fill(end, true);
    cutter.cutSegment();
  }

  @Override
  public long recordedTo() {
    return writer.end();
  }

  @Override
  public long late() {
    return assembly.late();
  }

  @Override
  public long damaged() {
    return assembly.damaged();
  }

  @Override
  public boolean isTranscoding() {
    return showing == Showing.ENCODED;
  }

  @Override
  public long bytes() {
    return writer.bytes();
  }

  @Override
  public void close() throws IOException {
    try (writer) {
      assembly.discard();
      encoded.end();
      cutter.close();
    }
  }
}
