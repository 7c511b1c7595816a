package org.kakehashi.server.live;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.BoothEars;
import org.kakehashi.media.channel.SessionState;
import org.kakehashi.media.channel.SessionState.Incoming;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.server.live.Notices.Notice;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/** Does what pages ask for, if the person may. Thread: the session's. */
final class Requests {
  private final Room room;
  private final FilePlayback files;
  private final Notices notices;
  private final Ending ending;

  Requests(Room room, FilePlayback files, Notices notices, Ending ending) {
    this.room = room;
    this.files = files;
    this.notices = notices;
    this.ending = ending;
  }

  /**
   * Does one thing.
   *
   * @throws ProblemException if it is refused; nothing has changed then
   */
  void handle(Person who, Request request) {
    if (room.hasEnded() && !(request instanceof Request.ResumeSession)) {
      throw ProblemType.SESSION_ENDED.because("This session has ended.").asException();
    }
    switch (request) {
      case Request.Listen(String connection, String channel) -> channel(who, connection, channel);
      case Request.Understand(String connection, List<String> languages) ->
          hearer(who, connection).understand(languages);
      case Request.Microphone(String connection, MicrophoneState state, String outgoing) ->
          microphone(who, connection, state, outgoing);
      case Request.Incoming(String choice) -> incoming(who, choice);
      case Request.Take() -> take(who);
      case Request.Speaks(String language, String source) -> speaks(who, language, source);
      case Request.Admit(String source) -> admit(who, source);
      case Request.Remove(String source) -> remove(who, source);
      case Request.Leave() -> leave(who);
      case Request.Ready() -> ready(who);
      case Request.SourceMicrophone(String source, boolean open) ->
          sourceMicrophone(who, source, open);
      case Request.FloorLanguage(String language) -> floorLanguage(who, language);
      case Request.Picture(String source) -> picture(who, source);
      case Request.Play play -> throw new IllegalStateException("opened elsewhere: " + play);
      case Request.PlayStop(String source) -> stop(who, source);
      case Request.EndSession() -> ending.end(who);
      case Request.ResumeSession() -> ending.resume(who);
    }
  }

  /** Lets a WHEP connection hear another channel. */
  void channel(Person who, String connection, String channel) {
    Hearer hearer = hearer(who, connection);
    if (!room.plan().hasChannel(channel)) {
      throw ProblemType.NO_SUCH_CHANNEL
          .because("This session has no channel of this name.")
          .asException();
    }
    hearer.ask(channel);
  }

  /** Does what a console key does. */
  void microphone(
      Person who, String connection, @Nullable MicrophoneState state, @Nullable String outgoing) {
    MediaConnection known = connection(connection);
    Rights.requireOwn(who, known);
    Seat seat =
        room.booths()
            .seat(known)
            .orElseThrow(() -> noConnection("This is not an interpreter's microphone."));
    room.booths().microphone(seat, state, outgoing, false, room.clock().now());
  }

  private void incoming(Person who, String choice) {
    Rights.requireInterpreter(who);
    Seat seat = seat(who);
    Booth booth = seat.booth();
    Incoming incoming = SessionState.AUTO;
    if (!choice.equals("auto")) {
      if (!room.plan().hasChannel(choice)) {
        throw ProblemType.NO_SUCH_CHANNEL
            .because("This session has no channel of this name.")
            .asException();
      }
      if (BoothEars.wouldLoop(room.state(), booth.id(), choice)) {
        throw ProblemType.RELAY_LOOP
            .because("On channel " + choice + " you would hear your own words come back.")
            .asException();
      }
      incoming = new Incoming.ByHand(choice);
    }
    booth.incoming(incoming);
    for (Hearer hearer : room.audience().all()) {
      if (booth.seat(hearer.person()).isPresent()) {
        hearer.followBooth();
      }
    }
  }

  private void take(Person who) {
    Rights.requireInterpreter(who);
    Seat seat = seat(who);
    if (seat.publication().isEmpty() || seat.isLost()) {
      throw ProblemType.CONFLICT
          .because("Your microphone is not connected: connect it first.")
          .asException();
    }
    room.booths()
        .microphone(seat, MicrophoneState.OPEN, seat.booth().outgoing(), true, room.clock().now());
  }

  private void speaks(Person who, @Nullable String language, @Nullable String source) {
    if (source == null) {
      List<StageSource> own = room.stage().of(who.id());
      if (own.isEmpty()) {
        own(who);
      }
      own.forEach(place -> place.speaks(language));
      room.stage()
          .slides()
          .filter(slides -> slides.person().id().equals(who.id()))
          .ifPresent(slides -> slides.speaks(language));
      return;
    }
    StageSource place = room.stage().require(source);
    Rights.requireOwnOrDesk(who, place.person());
    place.speaks(language);
  }

  private void admit(Person who, String source) {
    Rights.requireDesk(who);
    StageSource place = room.stage().require(source);
    if (!place.isOnStage()) {
      room.stage().move(place, true);
      notices.tell(place.person().id(), Notice.ADMITTED, who.name());
    }
  }

  private void remove(Person who, String source) {
    Rights.requireDesk(who);
    Optional<StageSource> screen =
        room.stage().slides().filter(slides -> slides.id().equals(source));
    if (screen.isPresent()) {
      screen.get().publication().end(CloseReason.REMOVED);
      room.stage().showSlides(null);
      notices.tell(screen.get().person().id(), Notice.REMOVED, who.name());
      return;
    }
    Optional<StageSource> sign = room.stage().sign().filter(each -> each.id().equals(source));
    if (sign.isPresent()) {
      sign.get().publication().end(CloseReason.REMOVED);
      room.stage().showSign(null);
      notices.tell(sign.get().person().id(), Notice.REMOVED, who.name());
      return;
    }
    StageSource place = room.stage().require(source);
    if (files.isPlaying(source)) {
      files.ended(source);
    } else if (place.isLost()) {
      place.publication().end(CloseReason.REMOVED);
      room.stage().remove(place);
    } else if (place.isOnStage()) {
      room.stage().move(place, false);
      notices.tell(place.person().id(), Notice.REMOVED, who.name());
    }
  }

  private void leave(Person who) {
    own(who);
    room.stage().of(who.id()).forEach(place -> room.stage().move(place, false));
  }

  /** Asks to go on; where no chair decides, goes on. */
  private void ready(Person who) {
    StageSource place = own(who);
    if (room.plan().chaired()) {
      place.ready(true);
    } else if (!place.isOnStage()) {
      room.stage().move(place, true);
    }
  }

  private void sourceMicrophone(Person who, String source, boolean open) {
    StageSource place = room.stage().require(source);
    Rights.requireOwnOrDesk(who, place.person());
    if (place.isMicrophoneOpen() == open) {
      return;
    }
    place.microphone(open);
    if (!who.id().equals(place.person().id())) {
      notices.tell(
          place.person().id(),
          open ? Notice.MICROPHONE_OPENED : Notice.MICROPHONE_CLOSED,
          who.name());
    }
  }

  private void floorLanguage(Person who, @Nullable String language) {
    Rights.requireFloorLanguage(who);
    if (language == null) {
      room.floorLanguage().release();
    } else {
      room.floorLanguage().set(language);
    }
  }

  private void picture(Person who, @Nullable String source) {
    Rights.requireDesk(who);
    if (source != null && !room.stage().require(source).hasCamera()) {
      throw ProblemType.CONFLICT
          .because("This source is not on stage, or has no camera.")
          .asException();
    }
    room.stage().choosePicture(source);
  }

  private void stop(Person who, String source) {
    Rights.requireDesk(who);
    if (!files.isPlaying(source)) {
      throw ProblemType.NO_SUCH_SOURCE.because("No file plays as this source.").asException();
    }
    files.ended(source);
  }

  private Hearer hearer(Person who, String connection) {
    MediaConnection known = connection(connection);
    Rights.requireOwn(who, known);
    return room.audience()
        .change(connection)
        .orElseThrow(() -> noConnection("This connection sends; it does not listen."));
  }

  private MediaConnection connection(String id) {
    return room.connection(id)
        .orElseThrow(() -> noConnection("This connection has ended, or never was here."));
  }

  private StageSource own(Person who) {
    if (!who.role().speaks() && who.role() != Role.ORGANISER) {
      throw ProblemType.WRONG_ROLE.because("Only speakers do this.").asException();
    }
    return room.stage().of(who.id()).stream()
        .findFirst()
        .orElseThrow(
            () ->
                ProblemType.NO_SUCH_SOURCE
                    .because("You send nothing: connect your microphone first.")
                    .asException());
  }

  private Seat seat(Person who) {
    return room.booths()
        .seat(who.id())
        .orElseThrow(
            () ->
                ProblemType.CONFLICT
                    .because("You are in no booth yet: connect your microphone first.")
                    .asException());
  }

  private static ProblemException noConnection(String detail) {
    return ProblemType.NO_SUCH_CONNECTION.because(detail).asException();
  }
}
