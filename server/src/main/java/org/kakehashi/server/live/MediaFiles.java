package org.kakehashi.server.live;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Source;

/**
 * The files a session may play: a seam to the media plane. Thread: any that may wait for a disk.
 */
interface MediaFiles {
  /** What can be played, by name. */
  List<Message.PlayableFile> list();

  /**
   * Opens a file; it plays once started.
   *
   * @param id unique in the session
   * @param ended called once when it is over; must not block
   * @throws org.kakehashi.server.problem.ProblemException 404 no such file, 422 not playable
   */
  Reel open(String name, String id, MediaClock clock, Runnable ended);

  /** One file that is played. Thread: any; nothing blocks. */
  interface Reel {
    /** Its sound. */
    @Nullable Source audio();

    /** Its picture. */
    @Nullable Source video();

    /** Starts playing now. */
    void start();

    /** Stops for good. */
    void stop();

    /** How far it has been played. */
    long positionMs();

    /** How long it is; 0 if unknown. */
    long durationMs();
  }
}
