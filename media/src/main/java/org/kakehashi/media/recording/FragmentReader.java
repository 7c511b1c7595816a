package org.kakehashi.media.recording;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the samples out of a segment's chunks (ISO/IEC 14496-12 section 8.8), as this server writes
 * them: one track, data after its {@code moof}. Stateless.
 */
final class FragmentReader {
  private static final int BASE_DATA_OFFSET = 0x1;
  private static final int DESCRIPTION_INDEX = 0x2;
  private static final int DEFAULT_DURATION = 0x8;
  private static final int DEFAULT_SIZE = 0x10;
  private static final int DEFAULT_FLAGS = 0x20;
  private static final int DATA_OFFSET = 0x1;
  private static final int FIRST_FLAGS = 0x4;
  private static final int DURATION = 0x100;
  private static final int SIZE = 0x200;
  private static final int FLAGS = 0x400;
  private static final int COMPOSITION = 0x800;
  private static final int NOT_SYNC = 0x10000;

  private FragmentReader() {}

  /** The samples of a segment, in order. */
  static List<Sample> samples(byte[] segment) throws IOException {
    List<Sample> samples = new ArrayList<>();
    ByteBuf data = Unpooled.wrappedBuffer(segment);
    int start = 0;
    try {
      for (Boxes boxes = new Boxes(data); boxes.hasNext(); ) {
        Boxes.Box box = boxes.next();
        if (box.type().equals("moof")) {
          chunk(Boxes.find(box.content(), "traf"), segment, start, samples);
        }
        start += box.content().readableBytes() + 8;
      }
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("A segment is damaged", e);
    }
    return samples;
  }

  private static void chunk(ByteBuf traf, byte[] segment, int moof, List<Sample> samples)
      throws IOException {
    ByteBuf header = Boxes.find(traf, "tfhd");
    int flags = header.readInt() & 0xFFFFFF;
    header.skipBytes(4);
    if ((flags & BASE_DATA_OFFSET) != 0) {
      throw new IOException("A segment is of another kind");
    }
    header.skipBytes((flags & DESCRIPTION_INDEX) != 0 ? 4 : 0);
    long duration = (flags & DEFAULT_DURATION) != 0 ? header.readUnsignedInt() : 0;
    int size = (flags & DEFAULT_SIZE) != 0 ? header.readInt() : 0;
    int sampleFlags = (flags & DEFAULT_FLAGS) != 0 ? header.readInt() : 0;
    ByteBuf decodeTime = Boxes.find(traf, "tfdt");
    boolean isLong = decodeTime.readByte() == 1;
    decodeTime.skipBytes(3);
    long time = (isLong ? decodeTime.readLong() : decodeTime.readUnsignedInt()) - Fragmenter.OFFSET;
    run(
        Boxes.find(traf, "trun"),
        segment,
        moof,
        new Sample(time, duration, false, new byte[0]),
        size,
        sampleFlags,
        samples);
  }

  private static void run(
      ByteBuf run,
      byte[] segment,
      int moof,
      Sample defaults,
      int defaultSize,
      int defaultFlags,
      List<Sample> samples)
      throws IOException {
    int flags = run.readInt() & 0xFFFFFF;
    int count = run.readInt();
    int at = moof + ((flags & DATA_OFFSET) != 0 ? run.readInt() : 0);
    int firstFlags = (flags & FIRST_FLAGS) != 0 ? run.readInt() : defaultFlags;
    long time = defaults.time();
    for (int i = 0; i < count; i++) {
      long duration = (flags & DURATION) != 0 ? run.readUnsignedInt() : defaults.duration();
      int size = (flags & SIZE) != 0 ? run.readInt() : defaultSize;
      int own = (flags & FLAGS) != 0 ? run.readInt() : i == 0 ? firstFlags : defaultFlags;
      run.skipBytes((flags & COMPOSITION) != 0 ? 4 : 0);
      if (size <= 0 || at < 0 || size > segment.length - at) {
        throw new IOException("A segment is shorter than it says");
      }
      byte[] data = ByteBufUtil.getBytes(Unpooled.wrappedBuffer(segment, at, size));
      samples.add(new Sample(time, duration, (own & NOT_SYNC) == 0, data));
      at += size;
      time += duration;
    }
  }
}
