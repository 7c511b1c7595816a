package org.kakehashi.server.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.BoothEars;
import org.kakehashi.media.channel.Ears;
import org.kakehashi.media.channel.FloorLanguage;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Route;
import org.kakehashi.media.channel.RoutingTable;
import org.kakehashi.media.channel.SessionState;
import org.kakehashi.media.channel.SessionState.Uninterpreted;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.channel.Switchboard;
import org.kakehashi.media.session.FloorMicrophone;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.media.stage.CameraSlots;
import org.kakehashi.media.stage.MainPicture;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.store.JournalEvent;

/**
 * Everything a session holds, and the one step that follows every change of it: state → switchboard
 * → media, ears and journal; or the last of that alone, where only the audience has changed.
 * Thread: the session's.
 */
final class Room {
  private final SessionPlan plan;
  private final LiveLimits limits;
  private final MediaSession media;
  private final SessionJournal journal;
  private final Stage stage = new Stage();
  private final Booths booths;
  private final Audience audience;
  private final FloorLanguage floorLanguage;
  private final RoutesInForce routes;
  private final Map<String, MediaConnection> connections = new HashMap<>();
  private Map<String, Ears> ears = Map.of();
  private boolean ended;
  private int lastSource;

  Room(
      SessionPlan plan,
      LiveLimits limits,
      MediaSession media,
      SessionJournal journal,
      Notices notices) {
    this.plan = plan;
    this.limits = limits;
    this.media = media;
    this.journal = journal;
    this.booths = new Booths(plan, this::state, notices);
    this.audience = new Audience(media);
    this.floorLanguage = new FloorLanguage(MediaClock.ticksIn(limits.floorLanguageAfter()));
    this.routes = new RoutesInForce(Switchboard.route(quiet()), media.clock(), journal);
    settle();
  }

  SessionPlan plan() {
    return plan;
  }

  LiveLimits limits() {
    return limits;
  }

  MediaSession media() {
    return media;
  }

  MediaClock clock() {
    return media.clock();
  }

  SessionJournal journal() {
    return journal;
  }

  Stage stage() {
    return stage;
  }

  Booths booths() {
    return booths;
  }

  Audience audience() {
    return audience;
  }

  FloorLanguage floorLanguage() {
    return floorLanguage;
  }

  RoutesInForce routes() {
    return routes;
  }

  /** All media connections by id. */
  Map<String, MediaConnection> connections() {
    return connections;
  }

  Optional<MediaConnection> connection(String id) {
    return Optional.ofNullable(connections.get(id));
  }

  /** What each booth hears, by booth id. */
  Map<String, Ears> ears() {
    return ears;
  }

  /** The ears of one booth. */
  Ears ears(Booth booth) {
    Ears theirs = ears.get(booth.id());
    return theirs == null
        ? new Ears(RoutingTable.FLOOR, Ears.Quality.FLOOR, Ears.Sign.NONE)
        : theirs;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Ends the session, or resumes it: while ended everybody stays connected and hears nothing. */
  void ended(boolean now) {
    ended = now;
  }

  /** A new id for a source, unique in the session. */
  String nextSource() {
    return "s-" + ++lastSource;
  }

  /** The session as the switchboard sees it. */
  SessionState state() {
    return new SessionState(
        plan.languages(),
        stage.openMicrophones(),
        floorLanguage.current(),
        booths.all().stream().map(Booth::state).toList(),
        Map.of(),
        switch (plan.uninterpreted()) {
          case FLOOR -> Uninterpreted.FLOOR;
          case SILENCE -> Uninterpreted.SILENCE;
        });
  }

  private SessionState quiet() {
    return new SessionState(
        plan.languages(), List.of(), null, List.of(), Map.of(), Uninterpreted.SILENCE);
  }

  /** Looks at every source; whether anything has changed that {@link #settle} must know. */
  boolean look() {
    long now = clock().now();
    long lostAfter = MediaClock.ticksIn(limits.lostAfter());
    long kept = MediaClock.ticksIn(limits.seatKept());
    boolean changed = stage.look(now, lostAfter);
    changed |= booths.look(now, lostAfter, kept);
    for (StageSource source : List.copyOf(stage.sources())) {
      if (source.isForfeit(now, kept)) {
        stage.remove(source);
        changed = true;
      }
    }
    @Nullable String before = floorLanguage.current();
    @Nullable String after = floorLanguage.observe(now, stage.voices());
    return changed || !Objects.equals(before, after);
  }

  /** Decides anew who hears what, and lets it be heard. */
  void settle() {
    floorLanguage.observe(clock().now(), stage.voices());
    SessionState state = ended ? quiet() : state();
    ears = BoothEars.resolve(state);
    stage.settle();
    routes.change(Switchboard.route(state));
    List<FloorMicrophone> microphones = ended ? List.of() : stage.floorMicrophones();
    media.apply(routes.table(), microphones, booths::audio);
    media.show(
        ended ? MainPicture.NONE : stage.picture(),
        ended ? CameraSlots.EMPTY : stage.cameras(),
        ended ? null : stage.slidesPicture(),
        ended ? null : stage.signPicture(),
        stage::camera);
    booths.warn(state);
    for (Booth booth : booths.all()) {
      String channel = booth.outgoing();
      booth.onAir(
          booth.holder().isPresent()
              && routes.table().has(channel)
              && booth.id().equals(routes.table().route(channel).booth()));
    }
    audience.settle(new Audience.Decision(routes.table(), ears, microphones), booths);
    journal.shown("slides", ended ? Optional.empty() : stage.slides());
    journal.shown("sign", ended ? Optional.empty() : stage.sign());
    if (!ended) {
      journal.stage(stage, limits);
      journal.floorLanguage(
          new JournalEvent.FloorLanguage(floorLanguage.current(), floorLanguageBy()));
    }
  }

  /**
   * The same where nothing has changed but who listens: nobody else hears anything else for it, and
   * a crowd comes in one by one.
   */
  void settleAudience() {
    audience.settleChanged(booths);
  }

  /** Who says which language the floor speaks: {@code hand}, {@code detected}, {@code unknown}. */
  String floorLanguageBy() {
    if (floorLanguage.isByHand()) {
      return "hand";
    }
    return floorLanguage.current() == null ? "unknown" : "detected";
  }

  /** A person's name as others read it. */
  String nameOf(String source) {
    for (Booth booth : booths.all()) {
      for (Seat seat : booth.seats()) {
        if (seat.source().equals(source)) {
          return limits.shown(seat.person().name());
        }
      }
    }
    return stage.find(source).map(s -> limits.shown(s.person().name())).orElse("");
  }

  /** How loud a channel is, in dBov; null if that cannot be told. */
  @Nullable Double level(String channel) {
    Source feeding = media.channel(channel).source();
    long now = clock().now();
    List<Loudness> followed = loudnesses().filter(each -> each.follows(feeding)).limit(1).toList();
    if (!followed.isEmpty()) {
      return followed.getFirst().level(now);
    }
    boolean carriesFloor = routes.table().route(channel).content() instanceof Route.Content.Floor;
    return carriesFloor && Loudness.isSilent(feeding, now)
        // Nobody listens, so that the floor is not mixed.
        ? Loudness.together(stage.heard().stream().map(StageSource::loudness).toList(), now)
        : Loudness.level(feeding, now);
  }

  private Stream<Loudness> loudnesses() {
    return Stream.concat(
        stage.sources().stream().map(StageSource::loudness),
        booths.all().stream().flatMap(b -> b.seats().stream()).map(Seat::loudness));
  }
}
