package org.kakehashi.media.ingest;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * The way of a file's sound, or of its picture, from the file's packets to what is published. Lives
 * through all rounds of a repeated file.
 *
 * <p>Thread: the player's.
 */
interface Lane extends AutoCloseable {
  /** Begins a round with a newly opened file, which stays open until after {@link #end()}. */
  void begin(MediaFile file, Round round);

  /** Takes the next packet of this lane's stream; does not keep it. */
  void accept(AVPacket packet);

  /** Ends the round: everything held back comes out. */
  void end();

  /** From when to when this round had something, in ticks of the file. */
  Span span();

  /** Frees what is native. */
  @Override
  void close();

  /**
   * One playing of the file from its start.
   *
   * @param offset ticks before it, counted from the player's start
   * @param limit ticks after which it is cut
   */
  record Round(long offset, long limit) {}

  /**
   * A stretch of time in ticks.
   *
   * @param start its begin
   * @param end its end; not above {@code start}: nothing
   */
  record Span(long start, long end) {
    static final Span NOTHING = new Span(Long.MAX_VALUE, Long.MIN_VALUE);

    Span including(long from, long to) {
      return new Span(Math.min(start, from), Math.max(end, to));
    }
  }
}
