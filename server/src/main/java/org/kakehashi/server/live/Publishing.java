package org.kakehashi.server.live;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.media.webrtc.PeerPlan;
import org.kakehashi.server.live.Connection.Kind;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.problem.ProblemType;

/**
 * Takes offers: checks what can be checked, then has the offer answered, then gives the connection
 * its place. A refused offer leaves nothing behind. Thread: the session's.
 */
final class Publishing {
  private final Room room;
  private final Doors doors;
  private final Connections connections;

  Publishing(Room room, Doors doors, Connections connections) {
    this.room = room;
    this.doors = doors;
    this.connections = connections;
  }

  MediaConnection floor(Person who, String offer, @Nullable String language) {
    Rights.requireFloor(who);
    requireOpen(who);
    checkLanguage(language);
    Optional<StageSource> place = placeToTakeAgain(who);
    if (place.isEmpty() && room.stage().sources().size() >= room.limits().stageSources()) {
      throw ProblemType.AT_CAPACITY.because("The stage is full.").asException();
    }
    MediaConnection connection =
        connections.accept(Kind.FLOOR, who, offer, PeerPlan.receiving(room.clock(), 1, 1, "floor"));
    if (place.isPresent()) {
      Publication before = place.get().publication();
      place.get().returnWith(who, connection, language);
      before.end(CloseReason.REMOVED);
      return connection;
    }
    StageSource.Kind kind =
        who.role() == Role.HALL ? StageSource.Kind.HALL : StageSource.Kind.SPEAKER;
    StageSource source = new StageSource(room.nextSource(), kind, who, connection, language);
    room.stage().add(source);
    boolean waits = room.plan().chaired() && who.role() == Role.SPEAKER;
    room.stage().move(source, !waits);
    return connection;
  }

  /** The hall may send several feeds at once; anybody else has one place. */
  private Optional<StageSource> placeToTakeAgain(Person who) {
    List<StageSource> own = room.stage().of(who.id());
    return own.stream().filter(source -> source.isLost() || who.role() != Role.HALL).findFirst();
  }

  MediaConnection slides(Person who, String offer, @Nullable String language) {
    Rights.requireScreen(who);
    requireOpen(who);
    checkLanguage(language);
    boolean onStage =
        !room.plan().chaired()
            || who.role() != Role.SPEAKER
            || room.stage().of(who.id()).stream().anyMatch(StageSource::isOnStage);
    if (!onStage) {
      throw ProblemType.CONFLICT
          .because("A screen can be shared once you are on stage.")
          .asException();
    }
    Optional<StageSource> shown = room.stage().slides();
    shown
        .filter(slides -> !slides.person().id().equals(who.id()))
        .filter(slides -> !who.role().runsSessions())
        .ifPresent(
            slides -> {
              throw ProblemType.CONFLICT
                  .because(slides.person().name() + " is sharing a screen.")
                  .asException();
            });
    MediaConnection connection =
        connections.accept(
            Kind.SLIDES, who, offer, PeerPlan.receiving(room.clock(), 1, 1, "slides"));
    StageSource source =
        new StageSource(room.nextSource(), StageSource.Kind.SCREEN, who, connection, language);
    source.onStage(true);
    room.stage().showSlides(source);
    shown.ifPresent(before -> before.publication().end(CloseReason.REMOVED));
    return connection;
  }

  MediaConnection sign(Person who, String offer, @Nullable String language) {
    Rights.requireSign(who);
    requireOpen(who);
    checkLanguage(language);
    Optional<StageSource> shown = room.stage().sign();
    shown
        .filter(sign -> !sign.person().id().equals(who.id()))
        .filter(sign -> !sign.isLost())
        .filter(sign -> !who.role().runsSessions())
        .ifPresent(
            sign -> {
              throw ProblemType.CONFLICT
                  .because(sign.person().name() + " interprets into sign language now.")
                  .asException();
            });
    MediaConnection connection =
        connections.accept(Kind.SIGN, who, offer, PeerPlan.receiving(room.clock(), 0, 1, "sign"));
    StageSource source =
        new StageSource(room.nextSource(), StageSource.Kind.SIGN, who, connection, language);
    source.onStage(true);
    room.stage().showSign(source);
    shown.ifPresent(before -> before.publication().end(CloseReason.REMOVED));
    return connection;
  }

  MediaConnection interpret(
      Person who, String offer, String language, boolean open, @Nullable String asked) {
    Rights.requireInterpreter(who);
    requireOpen(who);
    requireChannel(language);
    Booth booth = room.booths().choose(who, language, asked);
    if (open) {
      room.booths().requireFree(booth, who.id(), language, false);
    }
    MediaConnection connection =
        connections.accept(Kind.BOOTH, who, offer, PeerPlan.receiving(room.clock(), 1, 0, "booth"));
    Optional<Publication> before = leaveOtherBooth(who, booth);
    Seat seat = booth.seat(who, room.nextSource());
    if (before.isEmpty()) {
      before = seat.publication();
    }
    seat.connect(connection);
    MicrophoneState state = open ? MicrophoneState.OPEN : MicrophoneState.CLOSED;
    room.booths().microphone(seat, state, language, false, room.clock().now());
    before.ifPresent(old -> old.end(CloseReason.REMOVED));
    return connection;
  }

  private Optional<Publication> leaveOtherBooth(Person who, Booth booth) {
    Optional<Seat> elsewhere = room.booths().seat(who.id()).filter(seat -> seat.booth() != booth);
    elsewhere.ifPresent(seat -> seat.booth().leave(seat));
    return elsewhere.flatMap(Seat::publication);
  }

  MediaConnection listen(Person who, String offer, String channel) {
    requireOpen(who);
    requireChannel(channel);
    PeerPlan plan = PeerPlan.sending(room.clock(), 2, 7, "listener");
    // Who asks for another picture connects anew before letting go of what they have.
    boolean comesBack = room.audience().connectionsOf(who) == 1;
    boolean letIn = comesBack || !who.role().onlyListens();
    MediaConnection connection =
        connections.accept(Kind.LISTENER, who, offer, letIn ? plan.asEssential() : plan);
    boolean boothEars = who.role() == Role.INTERPRETER && channel.equals("floor");
    room.audience().add(new Hearer(connection, channel, boothEars, room.media()));
    return connection;
  }

  /** Everything that must hold before any offer is looked at. */
  private void requireOpen(Person who) {
    Rights.requireScope(who, room.plan());
    if (room.hasEnded()) {
      throw ProblemType.SESSION_ENDED.because("This session has ended.").asException();
    }
    doors.requireRoomFor(who);
  }

  private void requireChannel(String channel) {
    if (!room.plan().hasChannel(channel)) {
      throw ProblemType.NO_SUCH_CHANNEL
          .because("This session has no channel of this name.")
          .asException();
    }
  }

  private static void checkLanguage(@Nullable String language) {
    if (language != null) {
      JsonFields.checkLanguage("language", language);
    }
  }
}
