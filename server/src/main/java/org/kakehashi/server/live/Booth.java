package org.kakehashi.server.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.kakehashi.media.channel.SessionState;
import org.kakehashi.media.channel.SessionState.Incoming;
import org.kakehashi.media.channel.SessionState.OnAir;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.programme.BoothPlan;

/** A booth with the interpreters who are in it. Thread: the session's. */
final class Booth {
  private final BoothPlan plan;
  private final List<Seat> seats = new ArrayList<>();
  private Incoming incoming = SessionState.AUTO;
  private String lastOutgoing;
  private boolean onAir;
  private boolean warned;

  Booth(BoothPlan plan) {
    this.plan = plan;
    this.lastOutgoing = plan.a();
  }

  BoothPlan plan() {
    return plan;
  }

  String id() {
    return plan.id();
  }

  List<Seat> seats() {
    return Collections.unmodifiableList(seats);
  }

  Optional<Seat> seat(String person) {
    return seats.stream().filter(seat -> seat.person().id().equals(person)).findFirst();
  }

  /** Gives {@code person} a place, or finds the one they have. */
  Seat seat(Person person, String source) {
    return seat(person.id())
        .orElseGet(
            () -> {
              Seat seat = new Seat(this, source, person, plan.a());
              seats.add(seat);
              return seat;
            });
  }

  void leave(Seat seat) {
    lastOutgoing = seat.outgoing();
    seats.remove(seat);
    seat.loudness().follow(null);
  }

  /** Who has the microphone. */
  Optional<Seat> holder() {
    return seats.stream().filter(Seat::holds).findFirst();
  }

  /** The channel the booth works into: its holder's, else the one used last. */
  String outgoing() {
    return holder().map(Seat::outgoing).orElse(lastOutgoing);
  }

  /** Remembers the channel chosen last, for while nobody has the microphone. */
  void chose(String outgoing) {
    lastOutgoing = outgoing;
  }

  Incoming incoming() {
    return incoming;
  }

  void incoming(Incoming choice) {
    incoming = choice;
  }

  /** Whether its microphone feeds its channel, as it was last decided. */
  boolean isOnAir() {
    return onAir;
  }

  /** Notes whether it feeds its channel; whether that is a change. */
  boolean onAir(boolean now) {
    boolean changed = onAir != now;
    onAir = now;
    return changed;
  }

  /** Whether it speaks the floor's own language. */
  boolean isWarned() {
    return warned;
  }

  void warned(boolean speaksFloorLanguage) {
    warned = speaksFloorLanguage;
  }

  /** As the switchboard sees it. */
  SessionState.Booth state() {
    Optional<OnAir> live =
        holder()
            .filter(Seat::isLive)
            .map(
                seat ->
                    new OnAir(
                        seat.source(),
                        seat.microphone() == MicrophoneState.COUGH,
                        seat.openSinceTicks()));
    return new SessionState.Booth(id(), plan.understands(), outgoing(), live, incoming);
  }
}
