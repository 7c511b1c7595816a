package org.kakehashi.server.live;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.problem.ProblemException;

/**
 * Puts files on stage: opens each on the caller's thread, which may wait for the disk, between two
 * turns of the session.
 */
final class FilePlays {
  private final SessionThread thread;
  private final MediaFiles shelf;
  private final Room room;
  private final FilePlayback stage;
  private List<Message.PlayableFile> listed = List.of();

  /** What is opened, and what it is to be in the session. */
  record Opened(MediaFiles.Reel reel, String source, Request.Play asked) {}

  FilePlays(SessionThread thread, MediaFiles shelf, Room room, FilePlayback stage) {
    this.thread = thread;
    this.shelf = shelf;
    this.room = room;
    this.stage = stage;
  }

  /**
   * Opens a file. Thread: any that may wait.
   *
   * @param ended called with the source's id, in a turn of the session, once it is over
   * @throws ProblemException 403, 404, 409
   */
  Opened open(Person who, Request.Play play, Ended ended) {
    String source =
        thread.call(
            () -> {
              Rights.requireDesk(who);
              stage.requireRoom();
              return room.nextSource();
            });
    MediaFiles.Reel reel =
        shelf.open(
            play.file(), source, room.clock(), () -> thread.execute(() -> ended.ended(source)));
    return new Opened(reel, source, play);
  }

  /** Told when a file is over. */
  @FunctionalInterface
  interface Ended {
    void ended(String source);
  }

  /**
   * Puts an opened file on stage. Thread: the session's.
   *
   * @throws ProblemException 409, and lets go of the file
   */
  void start(Opened opened) {
    try {
      stage.requireRoom();
    } catch (ProblemException refused) {
      opened.reel().stop();
      throw refused;
    }
    @Nullable String language = opened.asked().language();
    stage.play(opened.asked().file(), opened.reel(), opened.source(), language);
  }

  /** What can be played has changed. Thread: the session's. */
  void listed(List<Message.PlayableFile> now) {
    listed = now;
  }

  /** What can be played. Thread: the session's. */
  List<Message.PlayableFile> listed() {
    return listed;
  }
}
