package org.kakehashi.server.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.ingest.FilePlayer;
import org.kakehashi.media.ingest.MediaFileException;
import org.kakehashi.media.ingest.Playback;
import org.kakehashi.server.live.Casting;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays one scene, round after round: everybody's recordings in step, and the booth's A/B as the
 * script says. Thread: its switches run on the executor it is given.
 */
final class Stagehand implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Stagehand.class);

  /** A little before the first word, as an interpreter does it. */
  private static final long EARLY_MS = 300;

  private final Scene scene;
  private final DemoFiles files;
  private final Casting casting;
  private final ScheduledExecutorService executor;
  private final List<FilePlayer> players = new ArrayList<>();
  private final Map<String, Person> interpreters = new HashMap<>();
  private long startTicks;

  Stagehand(Scene scene, DemoFiles files, Casting casting, ScheduledExecutorService executor) {
    this.scene = scene;
    this.files = files;
    this.casting = casting;
    this.executor = executor;
  }

  /** Brings everybody in and begins the first round. */
  void start() {
    scene
        .speakers()
        .forEach(
            (id, speaker) ->
                casting.speaker(
                    Person.of(
                        "demo-" + scene.id() + "-" + id,
                        speaker.name().in(speaker.language()),
                        Role.SPEAKER,
                        new Scope.OneSession(scene.id())),
                    part(id, speaker.file()),
                    speaker.language()));
    scene
        .booths()
        .forEach(
            (id, booth) -> {
              Person interpreter =
                  Person.interpreter(
                      "demo-" + scene.id() + "-booth-" + id,
                      booth.name().in("fr"),
                      new Scope.OneSession(scene.id()),
                      id,
                      booth.understands());
              interpreters.put(id, interpreter);
              casting.interpreter(interpreter, part("booth-" + id, booth.file()), id);
            });
    startTicks = casting.clock().now() + MediaClock.RATE / 2;
    players.forEach(player -> player.startAt(startTicks));
    List<Scene.Switch> switches = scene.switches();
    for (Scene.Switch next : switches) {
      executor.scheduleAtFixedRate(
          () -> perform(next),
          Math.max(0, next.atMs() - EARLY_MS) + 500,
          scene.lengthMs(),
          TimeUnit.MILLISECONDS);
    }
  }

  private Casting.Part part(String id, String file) {
    Path path = files.path(scene.id(), file);
    FilePlayer player =
        FilePlayer.open(
            path,
            scene.id() + "-" + id,
            casting.clock(),
            Playback.repeatedEvery(Duration.ofMillis(scene.lengthMs())),
            new FilePlayer.Events() {
              @Override
              public void ended(FilePlayer over) {
                log.debug("{} is over", path);
              }

              @Override
              public void failed(FilePlayer over, MediaFileException why) {
                log.warn("The demo's recording {} cannot be played: {}", path, why.getMessage());
              }
            });
    players.add(player);
    return new Casting.Part(player.audio().orElse(null), player.video().orElse(null), player::stop);
  }

  private void perform(Scene.Switch next) {
    Person interpreter = interpreters.get(next.booth());
    if (interpreter == null) {
      return;
    }
    try {
      casting.speakInto(interpreter, next.outgoing());
    } catch (RuntimeException refused) {
      log.debug("{} cannot speak into {} now", interpreter.name(), next.outgoing(), refused);
    }
  }

  @Override
  public void close() {
    players.forEach(FilePlayer::stop);
  }
}
