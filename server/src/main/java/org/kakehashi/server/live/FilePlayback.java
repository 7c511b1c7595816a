package org.kakehashi.server.live;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.problem.ProblemType;

/** The files that play on stage. Thread: the session's. */
final class FilePlayback {
  private final Map<String, FilePublication> playing = new HashMap<>();
  private final Room room;

  FilePlayback(Room room) {
    this.room = room;
  }

  /**
   * Refuses one file too many.
   *
   * @throws org.kakehashi.server.problem.ProblemException 409
   */
  void requireRoom() {
    if (playing.size() >= room.limits().filesPlaying()) {
      throw ProblemType.CONFLICT
          .because("As many files as allowed are playing: stop one first.")
          .asException();
    }
  }

  /** Puts an opened file on stage and starts it. */
  void play(String name, MediaFiles.Reel reel, String source, @Nullable String language) {
    FilePublication publication = new FilePublication(name, reel, room.clock().now());
    Person person =
        Person.of("file-" + source, name, Role.HALL, new Scope.OneSession(room.plan().id()));
    StageSource place =
        new StageSource(source, StageSource.Kind.FILE, person, publication, language);
    playing.put(source, publication);
    room.stage().add(place);
    room.stage().move(place, true);
    reel.start();
  }

  /** A file is over, or was stopped; harmless if it was never here. */
  void ended(String source) {
    FilePublication publication = playing.remove(source);
    if (publication != null) {
      publication.reel.stop();
      room.stage().find(source).ifPresent(room.stage()::remove);
    }
  }

  /** Whether this source is a file that plays. */
  boolean isPlaying(String source) {
    return playing.containsKey(source);
  }

  /** How far a file has been played, in whole seconds; null if the source is none. */
  Message.@Nullable Playing playing(StageSource source) {
    FilePublication publication = playing.get(source.id());
    return publication == null
        ? null
        : new Message.Playing(
            publication.name,
            publication.reel.positionMs() / 1000 * 1000,
            publication.reel.durationMs());
  }

  /** Stops all. */
  void close() {
    playing.values().forEach(publication -> publication.reel.stop());
    playing.clear();
  }

  private record FilePublication(String name, MediaFiles.Reel reel, long readySinceTicks)
      implements Publication {
    @Override
    public @Nullable Source audio() {
      return reel.audio();
    }

    @Override
    public @Nullable Source video() {
      return reel.video();
    }

    @Override
    public Optional<MediaConnection> connection() {
      return Optional.empty();
    }

    @Override
    public void end(CloseReason why) {
      reel.stop();
    }
  }
}
