package org.kakehashi.server.live;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.webrtc.WebRtcPort;
import org.kakehashi.server.programme.Programme;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.store.Lifecycle;
import org.kakehashi.server.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sessions of the programme, running from the server's start to its stop. Thread: any. */
public final class LiveSessions implements Sessions, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveSessions.class);
  private static final Duration FILES_LISTED_EVERY = Duration.ofSeconds(10);

  private final Map<String, RunningSession> sessions = new LinkedHashMap<>();
  private final ScheduledExecutorService files =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("files").factory());

  /**
   * What sessions are made with.
   *
   * @param limits how much each takes
   * @param port where clients connect
   * @param media makes each session's channels
   * @param store where their journals go
   * @param recorders records them
   * @param folders where files are played from; none need exist
   * @param demo whether pages are told that this is a demo
   * @param wallClock for the time of day
   * @param nanoTime for durations: {@code System::nanoTime} outside tests
   */
  public record Setting(
      LiveLimits limits,
      WebRtcPort port,
      SessionMedia media,
      Store store,
      Recorders recorders,
      List<Path> folders,
      boolean demo,
      InstantSource wallClock,
      LongSupplier nanoTime) {
    public Setting {
      folders = List.copyOf(folders);
    }
  }

  /**
   * Starts every session of {@code programme}.
   *
   * @throws org.kakehashi.server.store.StoreException if a journal cannot be opened
   */
  public LiveSessions(Programme programme, Setting setting) {
    FolderFiles shelf = new FolderFiles(setting.folders());
    for (SessionPlan plan : programme.sessions()) {
      MediaClock clock = new MediaClock(setting.nanoTime(), setting.wallClock().instant());
      RunningSession session =
          new RunningSession(
              new RunningSession.Parts(
                  plan,
                  setting.limits(),
                  new WebRtcMediaPort(setting.port()),
                  setting.media().open(plan, clock),
                  shelf,
                  setting.store().journal(plan.id()),
                  setting.recorders(),
                  Lifecycle.of(setting.store().entries(plan.id())),
                  setting.demo()));
      sessions.put(plan.id(), session);
      session.start();
    }
    files.scheduleWithFixedDelay(
        () -> list(shelf), 0, FILES_LISTED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void list(FolderFiles shelf) {
    try {
      List<Message.PlayableFile> playable = shelf.list();
      sessions.values().forEach(session -> session.playable(playable));
    } catch (RuntimeException unreadable) {
      log.warn("The files to play cannot be listed now", unreadable);
    }
  }

  @Override
  public Optional<LiveSession> find(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  @Override
  public List<LiveSession> all() {
    return List.copyOf(sessions.values());
  }

  @Override
  public Optional<Connection> connection(String id) {
    return sessions.values().stream()
        .flatMap(session -> session.connection(id).stream())
        .findFirst();
  }

  /** Lets people take part in a session whose sound and picture are made on this server. */
  public Optional<Casting> casting(String session) {
    return Optional.ofNullable(sessions.get(session)).map(RunningSession::casting);
  }

  /** Ends every connection and every socket, and closes the journals. */
  @Override
  public void close() {
    files.shutdownNow();
    List<RunningSession> open = new ArrayList<>(sessions.values());
    open.forEach(RunningSession::close);
  }
}
