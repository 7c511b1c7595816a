package org.kakehashi.media.recording;

import java.util.Optional;

/**
 * One line of a track's {@code parts} file, the truth about what was recorded: segment, offset,
 * length, start, duration, 1 if independent, initialisation; then a check digit pair, so that half
 * a line is never taken for one.
 *
 * @param segment number, from 1
 * @param init number, from 1
 * @param part the part; its index is not in the line
 */
record IndexLine(long segment, int init, Part part) {
  private static final int FIELDS = 8;
  private static final int CHECK = 251;

  /** The line with its line feed. */
  String text() {
    String fields =
        "%d %d %d %d %d %d %d"
            .formatted(
                segment,
                part.offset(),
                part.length(),
                part.start(),
                part.duration(),
                part.independent() ? 1 : 0,
                init);
    return fields + " " + check(fields) + "\n";
  }

  /** Reads a line without its line feed; empty if it is damaged. */
  static Optional<IndexLine> parse(String line) {
    String[] fields = line.split(" ", -1);
    int last = line.lastIndexOf(' ');
    if (fields.length != FIELDS || !fields[FIELDS - 1].equals(check(line.substring(0, last)))) {
      return Optional.empty();
    }
    try {
      long offset = Long.parseLong(fields[1]);
      int length = Integer.parseInt(fields[2]);
      long start = Long.parseLong(fields[3]);
      long duration = Long.parseLong(fields[4]);
      boolean ok = offset >= 0 && length > 0 && start >= 0 && duration > 0;
      return ok
          ? Optional.of(
              new IndexLine(
                  Long.parseLong(fields[0]),
                  Integer.parseInt(fields[6]),
                  new Part(0, start, duration, offset, length, fields[5].equals("1"))))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String check(String fields) {
    int sum = 7;
    for (int i = 0; i < fields.length(); i++) {
      sum = (sum * 31 + fields.charAt(i)) % CHECK;
    }
    return "%02x".formatted(sum);
  }
}
