package org.kakehashi.server;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.audio.AudioTicker;
import org.kakehashi.media.webrtc.WebRtcPort;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.config.HttpSettings;
import org.kakehashi.server.http.EdgeServices;
import org.kakehashi.server.http.HttpEdge;
import org.kakehashi.server.http.Replays;
import org.kakehashi.server.http.SocketTimings;
import org.kakehashi.server.live.LiveLimits;
import org.kakehashi.server.live.LiveSessions;
import org.kakehashi.server.metrics.AudioMetrics;
import org.kakehashi.server.metrics.HlsMetrics;
import org.kakehashi.server.metrics.HttpMetrics;
import org.kakehashi.server.metrics.MediaMetrics;
import org.kakehashi.server.metrics.RecordingMetrics;
import org.kakehashi.server.metrics.SessionMetrics;
import org.kakehashi.server.people.Invitations;
import org.kakehashi.server.people.Links;
import org.kakehashi.server.people.SigningKey;
import org.kakehashi.server.people.Tokens;
import org.kakehashi.server.programme.Programme;
import org.kakehashi.server.replay.DiskForecast;
import org.kakehashi.server.replay.JournalNotes;
import org.kakehashi.server.replay.RecordingCatalogue;
import org.kakehashi.server.replay.RecordingEdits;
import org.kakehashi.server.replay.RecordingViews;
import org.kakehashi.server.replay.SessionRecorders;
import org.kakehashi.server.store.FolderStore;
import org.kakehashi.server.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running server: started in the order in which its parts need each other, stopped in the
 * reverse. Thread: one at a time.
 */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /** How often the heap's limit is looked at. */
  private static final long HEAP_LOOK_MILLIS = 1_000;

  private final Deque<Runnable> toStop = new ArrayDeque<>();
  private final Vertx vertx = Vertx.vertx();
  private final Tokens tokens;
  private final WebRtcPort media;
  private final LiveSessions sessions;
  private final HttpEdge http;
  private final Invitations invitations;
  private final Store store;
  private final DiskForecast disk;
  private final RecordingCatalogue catalogue;

  /**
   * What runs on a node.
   *
   * @param programme its sessions
   * @param moreFiles folders with files to play, besides the configured one
   * @param demo what {@code GET /api/demo} shows, given what makes links; null outside a demo
   */
  public record Plan(
      Programme programme,
      List<Path> moreFiles,
      @Nullable Function<Invitations, Supplier<?>> demo) {
    public Plan {
      moreFiles = List.copyOf(moreFiles);
    }
  }

  /**
   * Starts a server; when this returns it serves.
   *
   * @throws RuntimeException with a message for people if a port, a file or a library cannot be
   *     used; everything begun is undone
   */
  public Node(Configuration configuration, Plan plan) {
    toStop.push(() -> vertx.close().await());
    try {
      tokens = new Tokens(vertx, key(configuration), InstantSource.system());
      media = WebRtcPort.open(configuration.media().webRtc());
      toStop.push(media::close);
      HeapRoom heap = HeapRoom.ofThisJvm(media::peers, media::steps);
      long looks = vertx.setPeriodic(HEAP_LOOK_MILLIS, tick -> heap.look());
      toStop.push(
          () -> {
            boolean unused = vertx.cancelTimer(looks);
            heap.close();
          });
      AudioTicker ticker = new AudioTicker(System::nanoTime);
      toStop.push(ticker::close);
      store = new FolderStore(configuration.data());
      disk = new DiskForecast(configuration.recordings().diskReserve());
      catalogue =
          new RecordingCatalogue(
              configuration.data(), configuration.recordings(), InstantSource.system());
      sessions = sessions(configuration, plan, ticker);
      toStop.push(sessions::close);
      catalogue.closeAbandoned();
      ScheduledExecutorService cleaner =
          Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("purge").factory());
      cleaner.scheduleWithFixedDelay(catalogue::purge, 0, 10, TimeUnit.MINUTES);
      toStop.push(cleaner::shutdownNow);
      invitations =
          new Invitations(tokens, links(configuration), configuration.people().linksLast());
      http = http(configuration, plan, ticker);
      toStop.push(http::stop);
    } catch (RuntimeException | LinkageError e) {
      close();
      throw e;
    }
  }

  /** The port on which pages and API are served. */
  public int httpPort() {
    return http.port();
  }

  /** The port of sound and picture. */
  public int mediaPort() {
    return media.port();
  }

  /** The sessions that run here. */
  public LiveSessions sessions() {
    return sessions;
  }

  /** Makes links into them. */
  public Invitations invitations() {
    return invitations;
  }

  /** Tells everybody to reconnect, then ends everything. Harmless when repeated. */
  @Override
  public void close() {
    while (!toStop.isEmpty()) {
      try {
        toStop.pop().run();
      } catch (RuntimeException e) {
        LOG.warn("A part of the server did not stop in order", e);
      }
    }
  }

  /** The key that signs links: configured, or the data folder's own. */
  public static SigningKey key(Configuration configuration) {
    return configuration
        .people()
        .tokenKey()
        .map(SigningKey::configured)
        .orElseGet(() -> SigningKey.inFolder(configuration.data(), new SecureRandom()));
  }

  /** What browsers call a server that listens on {@code httpPort}. */
  public static Links links(Configuration configuration) {
    HttpSettings http = configuration.http();
    String scheme = configuration.tls().pem().isPresent() ? "https" : "http";
    return new Links(
        http.publicUrl()
            .orElseGet(() -> URI.create("%s://localhost:%d/".formatted(scheme, http.port()))));
  }

  private LiveSessions sessions(Configuration configuration, Plan plan, AudioTicker ticker) {
    List<Path> files = new ArrayList<>();
    files.add(configuration.sessions().files());
    files.addAll(plan.moreFiles());
    return new LiveSessions(
        plan.programme(),
        new LiveSessions.Setting(
            limits(configuration),
            media,
            new FloorMixing(ticker),
            store,
            new SessionRecorders(catalogue, disk, plan.demo() != null),
            files,
            plan.demo() != null,
            InstantSource.system(),
            System::nanoTime));
  }

  private HttpEdge http(Configuration configuration, Plan plan, AudioTicker ticker) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    toStop.push(registry::close);
    List.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics())
        .forEach(binder -> binder.bindTo(registry));
    // The JVM's own figures do not know of the memory in which packets are.
    if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider packets) {
      new NettyAllocatorMetrics(packets).bindTo(registry);
    }
    JvmGcMetrics collections = new JvmGcMetrics();
    collections.bindTo(registry);
    toStop.push(collections::close);
    MediaMetrics.register(registry, media::stats);
    AudioMetrics.register(registry, ticker);
    SessionMetrics perSession = new SessionMetrics(registry, sessions);
    return HttpEdge.start(
        vertx,
        configuration.http(),
        configuration.tls(),
        configuration.log().requests(),
        new EdgeServices(
            sessions,
            tokens,
            replays(registry, plan),
            new HttpMetrics(registry),
            () -> {
              perSession.refresh();
              return registry.scrape();
            },
            plan.demo() == null ? null : plan.demo().apply(invitations)),
        SocketTimings.CONTRACT);
  }

  private Replays replays(PrometheusMeterRegistry registry, Plan plan) {
    InstantSource clock = InstantSource.system();
    RecordingMetrics.register(registry, disk::recorders);
    return new Replays(
        catalogue,
        new RecordingViews(catalogue, store, System::nanoTime),
        new RecordingEdits(new JournalNotes(sessions, store, clock), clock),
        clock,
        new HlsMetrics(registry, System::nanoTime),
        // A demo's recordings begin anew after a while, under the same addresses.
        plan.demo() == null ? Duration.ofHours(1) : Duration.ofSeconds(30));
  }

  private static LiveLimits limits(Configuration configuration) {
    LiveLimits usual = LiveLimits.defaults();
    return new LiveLimits(
        configuration.sessions().maxPeople(),
        2 * configuration.sessions().maxPeople(),
        configuration.sessions().maxListeners(),
        usual.ears(),
        usual.publications(),
        configuration.http().messagesPerSecond(),
        3 * configuration.http().messagesPerSecond(),
        usual.nameLength(),
        usual.stageSources(),
        usual.filesPlaying(),
        configuration.sessions().lostMicrophoneAfter(),
        configuration.sessions().seatKeptFor(),
        configuration.sessions().floorLanguageAfter(),
        configuration.sessions().resumableFor());
  }
}
