package org.kakehashi.media.recording;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a recorder is doing. Immutable.
 *
 * @param state what it does
 * @param problem why it failed, for people, in English; null unless failed
 * @param reason the same for machines; null unless failed
 * @param bytesWritten since the recording's first moment, bytes
 * @param bytesPerSecond at the present rate, over the last minute or so
 * @param freeBytes on the disk; -1 before it was first asked
 * @param left how long the disk lasts at the present rate, until the reserve; null if unknown
 * @param late packets that came after their place was filled
 * @param dropped packets that were not recorded because the recorder could not keep up
 * @param damaged pictures left out because a part of them was lost
 * @param transcoded names of the tracks whose picture is encoded anew now, because it is not H.264
 */
public record RecorderStatus(
    State state,
    @Nullable String problem,
    @Nullable Reason reason,
    long bytesWritten,
    long bytesPerSecond,
    long freeBytes,
    @Nullable Duration left,
    long late,
    long dropped,
    long damaged,
    List<String> transcoded) {

  /** What a recorder does. */
  public enum State {
    /** It records. */
    RECORDING,
    /** It has ended as it was asked to, or after the longest time. */
    ENDED,
    /** It had to stop; what was written is playable. */
    FAILED
  }

  /** Why a recorder failed. */
  public enum Reason {
    /** The disk is full, or nearly. */
    DISK_FULL,
    /** The folder cannot be written any more. */
    DISK_GONE,
    /** Something else, told in the log. */
    INTERNAL
  }

  /** Keeps its own copy. */
  public RecorderStatus {
    transcoded = List.copyOf(transcoded);
  }
}
