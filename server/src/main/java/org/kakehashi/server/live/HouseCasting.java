package org.kakehashi.server.live;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/** Seats the house's own people in a {@link Room}. Thread: the session's. */
final class HouseCasting {
  private final Room room;

  HouseCasting(Room room) {
    this.room = room;
  }

  void speaker(Person who, Casting.Part part, @Nullable String language) {
    StageSource source =
        new StageSource(
            room.nextSource(),
            StageSource.Kind.SPEAKER,
            who,
            new HousePublication(part, room.clock().now()),
            language);
    room.stage().add(source);
    room.stage().move(source, true);
  }

  void interpreter(Person who, Casting.Part part, String booth) {
    Booth theirs =
        room.booths()
            .find(booth)
            .orElseThrow(() -> ProblemType.NOT_FOUND.because("No booth " + booth).asException());
    theirs.seat(who, room.nextSource()).connect(new HousePublication(part, room.clock().now()));
  }

  boolean speakInto(Person who, String outgoing) {
    Optional<Seat> seat = room.booths().seat(who.id());
    if (seat.isEmpty() || room.hasEnded()) {
      return false;
    }
    try {
      room.booths()
          .microphone(seat.get(), MicrophoneState.OPEN, outgoing, false, room.clock().now());
      return true;
    } catch (ProblemException somebodyElseIsOnAir) {
      room.booths()
          .microphone(seat.get(), MicrophoneState.CLOSED, outgoing, false, room.clock().now());
      return false;
    }
  }

  private record HousePublication(Casting.Part part, long readySinceTicks) implements Publication {
    @Override
    public @Nullable Source audio() {
      return part.audio();
    }

    @Override
    public @Nullable Source video() {
      return part.video();
    }

    @Override
    public Optional<MediaConnection> connection() {
      return Optional.empty();
    }

    @Override
    public void end(CloseReason why) {
      part.end().run();
    }
  }

  /** A session's casting, each call in its turn. */
  record InTurn(Turns turns, HouseCasting house, MediaClock clock) implements Casting {
    @Override
    public void speaker(Person who, Part part, @Nullable String language) {
      turns.ofHouse(
          () -> {
            house.speaker(who, part, language);
            return true;
          });
    }

    @Override
    public void interpreter(Person who, Part part, String booth) {
      turns.ofHouse(
          () -> {
            house.interpreter(who, part, booth);
            return true;
          });
    }

    @Override
    public boolean speakInto(Person who, String outgoing) {
      return turns.ofHouse(() -> house.speakInto(who, outgoing));
    }
  }
}
