package org.kakehashi.server.demo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.live.LiveSessions;
import org.kakehashi.server.people.Invitations;
import org.kakehashi.server.programme.Programme;

/**
 * The demo event, from its programme to its people.
 *
 * <pre>
 *   new Demo(data, now) ── programme(), folders() ──▶ the node starts ──▶ start(sessions)
 * </pre>
 *
 * <p>Thread: one at a time; what {@link #view} returns: any that may wait.
 */
public final class Demo implements AutoCloseable {
  private final DemoFiles files;
  private final List<Scene> scenes;
  private final Programme programme;
  private final List<Path> folders;
  private final List<Stagehand> stagehands = new ArrayList<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("demo").factory());
  private volatile @Nullable LiveSessions sessions;

  /** The same, but for recordings: each of at most two hours, so that days fill no disk. */
  public static Configuration configured(Configuration configuration) {
    return configuration.with(configuration.recordings().atMost(DemoRecordings.LONGEST));
  }

  /**
   * Unpacks what the demo plays, and removes what an earlier one has recorded unless it has only
   * just stopped.
   *
   * @param data the data folder; they go to {@code demo/} in it
   * @param now the sessions have begun at the full hour before
   */
  public Demo(Path data, Instant now) {
    Path folder = data.resolve("demo");
    this.files = new DemoFiles(folder);
    this.scenes = files.unpack();
    this.programme = DemoProgramme.of(scenes, now);
    DemoRecordings.removeOld(data, programme.sessions(), now);
    this.folders = List.of(folder);
  }

  /** The sessions. */
  public Programme programme() {
    return programme;
  }

  /** Folders with files that can be played in any session. */
  public List<Path> folders() {
    return folders;
  }

  /** Brings everybody in; once the sessions run. */
  public void start(LiveSessions running) {
    sessions = running;
    for (Scene scene : scenes) {
      running
          .casting(scene.id())
          .ifPresent(
              casting -> {
                Stagehand stagehand = new Stagehand(scene, files, casting, executor);
                stagehands.add(stagehand);
                stagehand.start();
              });
    }
  }

  /** What {@code GET /api/demo} shows: links, tokens, and each session's state. */
  public Supplier<DemoView> view(Invitations invitations) {
    return () -> {
      LiveSessions running = sessions;
      return new DemoView(
          running == null
              ? List.of()
              : running.all().stream()
                  .map(session -> DemoView.Room.of(session, invitations))
                  .toList());
    };
  }

  /** Lets nobody of the demo speak any more. */
  @Override
  public void close() {
    executor.shutdownNow();
    stagehands.forEach(Stagehand::close);
  }
}
