package org.kakehashi.server.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.ingest.FilePlayer;
import org.kakehashi.media.ingest.MediaFileException;
import org.kakehashi.media.ingest.MediaFileInfo;
import org.kakehashi.media.ingest.MediaFolder;
import org.kakehashi.media.ingest.Playback;
import org.kakehashi.server.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files in a few folders; a name in an earlier folder hides the same in a later one. */
final class FolderFiles implements MediaFiles {
  private static final Logger log = LoggerFactory.getLogger(FolderFiles.class);

  private final List<MediaFolder> folders;

  FolderFiles(List<Path> folders) {
    this.folders = folders.stream().map(MediaFolder::new).toList();
  }

  @Override
  public List<Message.PlayableFile> list() {
    Map<String, Message.PlayableFile> byName = new LinkedHashMap<>();
    for (MediaFolder folder : folders) {
      for (MediaFileInfo info : folder.list()) {
        byName.putIfAbsent(
            info.name(),
            new Message.PlayableFile(
                info.name(), info.duration().toMillis(), info.hasVideo(), info.language()));
      }
    }
    return List.copyOf(new ArrayList<>(byName.values()));
  }

  @Override
  public Reel open(String name, String id, MediaClock clock, Runnable ended) {
    try {
      return new PlayedReel(
          FilePlayer.open(resolve(name), id, clock, Playback.once(), new Told(name, ended)));
    } catch (MediaFileException unplayable) {
      throw problem(unplayable);
    }
  }

  private Path resolve(String name) {
    MediaFileException last = null;
    for (MediaFolder folder : folders) {
      try {
        return folder.resolve(name);
      } catch (MediaFileException notHere) {
        last = notHere;
      }
    }
    throw last == null ? new IllegalStateException("No folder to play from") : last;
  }

  private static RuntimeException problem(MediaFileException unplayable) {
    String message = String.valueOf(unplayable.getMessage());
    return switch (unplayable.reason()) {
      case NOT_FOUND, NOT_A_NAME -> ProblemType.NO_SUCH_FILE.because(message).asException();
      default -> ProblemType.INVALID.because(message).asException();
    };
  }

  private record Told(String name, Runnable ended) implements FilePlayer.Events {
    @Override
    public void ended(FilePlayer player) {
      ended.run();
    }

    @Override
    public void failed(FilePlayer player, MediaFileException why) {
      log.warn("{} could not be played to its end: {}", name, why.getMessage());
      ended.run();
    }
  }

  private record PlayedReel(FilePlayer player) implements Reel {
    @Override
    public @Nullable Source audio() {
      return player.audio().orElse(null);
    }

    @Override
    public @Nullable Source video() {
      return player.video().orElse(null);
    }

    @Override
    public void start() {
      player.start();
    }

    @Override
    public void stop() {
      player.stop();
    }

    @Override
    public long positionMs() {
      return player.positionMs();
    }

    @Override
    public long durationMs() {
      return player.durationMs();
    }
  }
}
