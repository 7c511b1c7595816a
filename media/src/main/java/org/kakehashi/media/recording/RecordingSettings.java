package org.kakehashi.media.recording;

import java.time.Duration;

/**
 * How to record. All tracks of a recording are cut by the same rules.
 *
 * @param part how long a part lasts at most, 200 to 500 ms; a segment is divided into parts of
 *     about equal length. A killed process loses a part, and up to 120 ms that are under way
 * @param segment how long a segment lasts about, 1 to 6 s; key frames are asked for this often
 * @param hold how long a late packet is waited for before its place is filled with silence or a
 *     still picture, 100 ms to 1 s
 * @param audioBitrate of each channel's AAC in bit/s, 32,000 to 192,000
 * @param sync when written bytes are forced to the disk
 * @param diskFloorBytes free space below which no recording begins
 * @param diskReserveBytes free space below which a recording stops, for the sake of everything else
 *     on the disk; at most the floor
 * @param longest after this a recording ends by itself, 1 min to 48 h
 */
public record RecordingSettings(
    Duration part,
    Duration segment,
    Duration hold,
    int audioBitrate,
    Sync sync,
    long diskFloorBytes,
    long diskReserveBytes,
    Duration longest) {

  /** When written bytes are forced to the disk; a killed process loses nothing more either way. */
  public enum Sync {
    /** After every part: a power cut loses at most the last part. */
    PART,
    /** After every segment: a power cut loses at most the last segment. */
    SEGMENT,
    /** When the operating system likes: a power cut may lose half a minute. */
    NEVER
  }

  /** Refuses what is out of range. */
  public RecordingSettings {
    within("part", part, Duration.ofMillis(200), Duration.ofMillis(500));
    within("segment", segment, Duration.ofSeconds(1), Duration.ofSeconds(6));
    within("hold", hold, Duration.ofMillis(100), Duration.ofSeconds(1));
    within("longest", longest, Duration.ofMinutes(1), Duration.ofHours(48));
    require(
        audioBitrate >= 32_000 && audioBitrate <= 192_000,
        "audioBitrate: 32000 to 192000 bit/s, not " + audioBitrate);
    require(diskReserveBytes >= 0, "diskReserveBytes: 0 or more, not " + diskReserveBytes);
    require(
        diskFloorBytes >= diskReserveBytes,
        "diskFloorBytes: at least diskReserveBytes, not " + diskFloorBytes);
  }

  /** Parts of 400 ms, segments of 2 s, 250 ms of patience, 64 kbit/s, 2 GiB to begin, 24 hours. */
  public static RecordingSettings standard() {
    return new RecordingSettings(
        Duration.ofMillis(400),
        Duration.ofSeconds(2),
        Duration.ofMillis(250),
        64_000,
        Sync.PART,
        2L << 30,
        256L << 20,
        Duration.ofHours(24));
  }

  /** The same with another part duration. */
  public RecordingSettings withPart(Duration duration) {
    return new RecordingSettings(
        duration, segment, hold, audioBitrate, sync, diskFloorBytes, diskReserveBytes, longest);
  }

  /** The same with other limits on free space, in bytes. */
  public RecordingSettings withDisk(long floorBytes, long reserveBytes) {
    return new RecordingSettings(
        part, segment, hold, audioBitrate, sync, floorBytes, reserveBytes, longest);
  }

  /** The same, forced to the disk at other moments. */
  public RecordingSettings withSync(Sync when) {
    return new RecordingSettings(
        part, segment, hold, audioBitrate, when, diskFloorBytes, diskReserveBytes, longest);
  }

  private static void within(String name, Duration value, Duration least, Duration most) {
    require(
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        "%s: %s to %s, not %s".formatted(name, least, most, value));
  }

  private static void require(boolean ok, String rule) {
    if (!ok) {
      throw new IllegalArgumentException(rule);
    }
  }
}
