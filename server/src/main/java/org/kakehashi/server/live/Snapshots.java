package org.kakehashi.server.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Ears;
import org.kakehashi.media.channel.Route;
import org.kakehashi.media.channel.RoutingTable;
import org.kakehashi.media.channel.SessionState.Incoming;
import org.kakehashi.media.stage.MainPicture;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.programme.Event;
import org.kakehashi.server.programme.SessionPlan;

/** Says in messages how the session is now. Thread: the session's. */
final class Snapshots {
  private final Room room;
  private final FilePlayback files;
  private final boolean demo;

  /**
   * @param demo whether this is a demo's session
   */
  Snapshots(Room room, FilePlayback files, boolean demo) {
    this.room = room;
    this.files = files;
    this.demo = demo;
  }

  Message.Welcome welcome(Person who, @Nullable String identity, Instant now) {
    SessionPlan plan = room.plan();
    Event event = plan.event();
    Optional<String> booth =
        room.booths()
            .seat(who.id())
            .map(seat -> seat.booth().id())
            .or(() -> room.booths().home(who).map(Booth::id));
    return new Message.Welcome(
        new Message.You(
            who.id(),
            room.limits().shown(who.name()),
            who.role(),
            who.role() == Role.INTERPRETER ? booth.orElse(null) : null,
            identity),
        new Message.Session(
            plan.id(),
            plan.title(),
            room.hasEnded() ? LiveSession.State.ENDED : LiveSession.State.LIVE,
            plan.languages(),
            new Message.Event(
                event.title(),
                event.cities().stream()
                    .map(city -> new Message.City(city.name(), city.zone().getId()))
                    .toList()),
            plan.startsAt(),
            plan.endsAt(),
            plan.chaired(),
            plan.recording().recorded() ? "/hls/" + plan.id() + "/index.m3u8" : null,
            plan.recording().recorded() ? "/replay/" + plan.id() : null),
        now,
        demo);
  }

  /** The routing table, with levels as they are now. */
  Message.Routing routing(Map<String, Integer> listeners) {
    long now = room.clock().now();
    RoutingTable table = room.routes().table();
    return new Message.Routing(
        now,
        room.clock().wallTime(now),
        table.floorLanguage(),
        room.floorLanguageBy(),
        table.routes().stream()
            .map(route -> route(route, listeners.getOrDefault(route.channel(), 0)))
            .toList());
  }

  /**
   * A routing message without what changes at every moment, to tell whether it says anything new.
   */
  static Object essence(Message.Routing routing) {
    return List.of(
        Objects.requireNonNullElse(routing.floorLanguage(), ""),
        routing.floorLanguageBy(),
        routing.channels().stream().map(Snapshots::withoutLevel).toList());
  }

  private static Message.Route withoutLevel(Message.Route r) {
    return new Message.Route(
        r.channel(),
        r.source(),
        r.sourceName(),
        r.kind(),
        r.rule(),
        r.booth(),
        r.language(),
        r.since(),
        r.sinceTicks(),
        r.listeners(),
        null,
        r.warnings());
  }

  private Message.Route route(Route route, int listeners) {
    String source = sourceOf(route);
    RoutesInForce.Since since = room.routes().since(route.channel());
    boolean warned =
        Optional.ofNullable(route.booth())
            .flatMap(id -> room.booths().find(id))
            .filter(Booth::isWarned)
            .isPresent();
    return new Message.Route(
        route.channel(),
        source,
        source == null ? null : room.nameOf(source),
        Words.of(route.kind()),
        Words.of(route.rule()),
        route.booth(),
        route.language(),
        since.at(),
        since.ticks(),
        listeners,
        room.level(route.channel()),
        warned ? List.of("same-language") : List.of());
  }

  /** The one source whose voice a channel carries; null for silence, or a mix of several. */
  private @Nullable String sourceOf(Route route) {
    return switch (route.content()) {
      case Route.Content.Of(String source) -> source;
      case Route.Content.Silence() -> null;
      case Route.Content.Floor() -> {
        List<StageSource> heard = room.stage().heard();
        yield heard.size() == 1 ? heard.getFirst().id() : speaking(heard);
      }
    };
  }

  private static @Nullable String speaking(List<StageSource> heard) {
    List<StageSource> speaking = heard.stream().filter(StageSource::isSpeaking).toList();
    return speaking.size() == 1 ? speaking.getFirst().id() : null;
  }

  Message.Stage stage(Map<String, Integer> listeners) {
    Stage stage = room.stage();
    List<Message.OnStage> sources = stage.sources().stream().map(this::onStage).toList();
    MainPicture main = stage.picture();
    Message.Slides slides =
        stage.slides().map(s -> new Message.Slides(s.id(), s.person().id())).orElse(null);
    Message.Sign sign = stage.sign().map(this::sign).orElse(null);
    return new Message.Stage(
        sources,
        new Message.Picture(main.source(), chosenBy(main)),
        slides,
        sign,
        new Message.Tracks(
            main.source(),
            slides == null ? null : slides.source(),
            sign == null ? null : sign.source(),
            stage.cameras().cameras()),
        listeners.values().stream().mapToInt(Integer::intValue).sum(),
        (int)
            listeners.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(RoutingTable.FLOOR))
                .filter(entry -> entry.getValue() > 0)
                .count());
  }

  private Message.Sign sign(StageSource source) {
    return new Message.Sign(
        source.id(),
        source.person().id(),
        room.limits().shown(source.person().name()),
        source.language());
  }

  /** Whose choice a picture is, in the API's words; null if there is none. */
  static @Nullable String chosenBy(MainPicture main) {
    return switch (main.by()) {
      case CHAIR -> "chair";
      case SPEAKER -> "speaker";
      case NOBODY -> null;
    };
  }

  private Message.OnStage onStage(StageSource source) {
    return new Message.OnStage(
        source.id(),
        source.person().id(),
        room.limits().shown(source.person().name()),
        source.kind().id(),
        source.language(),
        source.isOnStage() ? "on" : "waiting",
        source.isReady(),
        source.isMicrophoneOpen() ? "open" : "closed",
        source.publication().video() != null,
        source.isSpeaking(),
        source.isLost(),
        files.playing(source));
  }

  Message.Booth booth(Booth booth, Map<String, Integer> listeners) {
    Ears ears = room.ears(booth);
    List<Message.Member> members = new ArrayList<>();
    for (Seat seat : booth.seats()) {
      members.add(
          new Message.Member(
              seat.person().id(),
              room.limits().shown(seat.person().name()),
              seat.publication().flatMap(Publication::connection).map(Connection::id).orElse(null),
              seat.microphone(),
              seat.outgoing(),
              seat.isLost()));
    }
    return new Message.Booth(
        booth.id(),
        booth.plan().understands(),
        booth.plan().a(),
        booth.plan().b(),
        members,
        booth.holder().map(holder -> holder.person().id()).orElse(null),
        booth.outgoing(),
        booth.isOnAir(),
        booth.isOnAir() ? listeners.getOrDefault(booth.outgoing(), 0) : 0,
        new Message.Incoming(
            booth.incoming() instanceof Incoming.ByHand(String channel) ? channel : "auto",
            ears.channel(),
            ears.quality().symbol(),
            switch (ears.sign()) {
              case NONE -> null;
              case NOBODY_INTERPRETS -> "nobody-interprets";
              case WOULD_LOOP -> "would-loop";
            }),
        booth.isWarned() ? List.of("same-language") : List.of());
  }

  Message.Booths booths(Map<String, Integer> listeners) {
    return new Message.Booths(
        room.booths().all().stream().map(booth -> booth(booth, listeners)).toList());
  }
}
