package org.kakehashi.server.config;

import java.time.Duration;
import org.kakehashi.media.recording.RecordingSettings;
import org.kakehashi.media.recording.RecordingSettings.Sync;

/**
 * Recording, live HLS and replays; every key is explained in {@code kakehashi.yaml}.
 *
 * @param part how long a part is: the unit of live HLS, and of what a crash may lose
 * @param segment how long a segment is
 * @param hold how long the recorder waits for sound and picture that are on their way
 * @param sync when written bytes are forced to the disk
 * @param diskFloor below this many free bytes no recording begins
 * @param diskReserve below this many those that run stop
 * @param warnBelow with less time left on the disk, at the present rate, the desk warns
 * @param longest the longest recording of one session
 * @param deletedKeptFor how long a deletion can be undone
 * @param playersRead how long a player's cookie or token works
 * @param maxWaiting HLS requests at once that wait for what is not there yet
 * @param maxCaptions the longest captions file, in bytes
 * @param maxDownloads downloads at once
 */
public record RecordingsSettings(
    Duration part,
    Duration segment,
    Duration hold,
    Sync sync,
    long diskFloor,
    long diskReserve,
    Duration warnBelow,
    Duration longest,
    Duration deletedKeptFor,
    Duration playersRead,
    int maxWaiting,
    int maxCaptions,
    int maxDownloads) {

  /** What holds where the file says nothing. */
  public static final RecordingsSettings DEFAULT =
      new RecordingsSettings(
          Duration.ofMillis(400),
          Duration.ofSeconds(2),
          Duration.ofMillis(250),
          Sync.PART,
          2L << 30,
          256L << 20,
          Duration.ofHours(4),
          Duration.ofHours(24),
          Duration.ofDays(7),
          Duration.ofHours(12),
          20_000,
          2 << 20,
          50);

  static RecordingsSettings read(Section in) {
    return new RecordingsSettings(
        in.duration("part", DEFAULT.part, Duration.ofMillis(200), Duration.ofMillis(500)),
        in.duration("segment", DEFAULT.segment, Duration.ofSeconds(1), Duration.ofSeconds(6)),
        in.duration("hold", DEFAULT.hold, Duration.ofMillis(100), Duration.ofSeconds(1)),
        in.choice("sync", DEFAULT.sync),
        in.longBytes("diskFloor", DEFAULT.diskFloor, 0, 1L << 40),
        diskReserve(in),
        in.duration("warnBelow", DEFAULT.warnBelow, Duration.ofMinutes(1), Duration.ofDays(7)),
        in.duration("longest", DEFAULT.longest, Duration.ofMinutes(1), Duration.ofHours(48)),
        in.duration("deletedKeptFor", DEFAULT.deletedKeptFor, Duration.ZERO, Duration.ofDays(365)),
        in.duration("playersRead", DEFAULT.playersRead, Duration.ofMinutes(1), Duration.ofDays(30)),
        in.integer("maxWaiting", DEFAULT.maxWaiting, 1, 1_000_000),
        in.bytes("maxCaptions", DEFAULT.maxCaptions, 1 << 10, 64 << 20),
        in.integer("maxDownloads", DEFAULT.maxDownloads, 1, 10_000));
  }

  private static long diskReserve(Section in) {
    long floor = in.longBytes("diskFloor", DEFAULT.diskFloor, 0, 1L << 40);
    long reserve = in.longBytes("diskReserve", DEFAULT.diskReserve, 0, 1L << 40);
    if (reserve > floor) {
      in.mistake("diskReserve", "must be at most recordings.diskFloor.");
      return floor;
    }
    return reserve;
  }

  /** What the recorder is given. */
  public RecordingSettings recorder() {
    RecordingSettings usual = RecordingSettings.standard();
    return new RecordingSettings(
        part, segment, hold, usual.audioBitrate(), sync, diskFloor, diskReserve, longest);
  }

  /** The same, each recording at most this long. */
  public RecordingsSettings atMost(Duration other) {
    return new RecordingsSettings(
        part,
        segment,
        hold,
        sync,
        diskFloor,
        diskReserve,
        warnBelow,
        other.compareTo(longest) < 0 ? other : longest,
        deletedKeptFor,
        playersRead,
        maxWaiting,
        maxCaptions,
        maxDownloads);
  }
}
