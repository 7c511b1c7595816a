package org.kakehashi.media.recording;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The boxes of ISO/IEC 14496-12 that follow one another in some bytes. What is malformed ends the
 * sequence. Thread: one at a time.
 */
final class Boxes implements Iterator<Boxes.Box> {
  private static final int HEADER = 8;

  private final ByteBuf data;
  private int next;

  /**
   * A box.
   *
   * @param type four characters
   * @param content a slice, without the header
   */
  record Box(String type, ByteBuf content) {}

  /**
   * @param data its readable bytes; indices stay
   */
  Boxes(ByteBuf data) {
    this.data = data;
    this.next = data.readerIndex();
  }

  @Override
  public boolean hasNext() {
    if (data.writerIndex() - next < HEADER) {
      return false;
    }
    long size = data.getUnsignedInt(next);
    return size >= HEADER && size <= data.writerIndex() - next;
  }

  @Override
  public Box next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int size = data.getInt(next);
    String type = data.toString(next + 4, 4, StandardCharsets.ISO_8859_1);
    Box box = new Box(type, data.slice(next + HEADER, size - HEADER));
    next += size;
    return box;
  }

  /** The content of the first box on the way {@code path} down from {@code data}; else empty. */
  static ByteBuf find(ByteBuf data, String... path) {
    ByteBuf content = data;
    for (String type : path) {
      content = child(content, type);
    }
    return content;
  }

  private static ByteBuf child(ByteBuf data, String type) {
    Boxes boxes = new Boxes(data);
    while (boxes.hasNext()) {
      Box box = boxes.next();
      if (box.type().equals(type)) {
        return box.content();
      }
    }
    return data.slice(data.writerIndex(), 0);
  }
}
