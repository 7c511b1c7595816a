package org.kakehashi.server.live;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.SessionState;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.channel.Switchboard;
import org.kakehashi.server.live.Notices.Notice;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;
import org.kakehashi.server.programme.BoothPlan;
import org.kakehashi.server.programme.SessionPlan;
import org.kakehashi.server.programme.SessionPlan.Collision;

/**
 * The booths of a session, and the rules between microphones: one open in a booth, one booth on a
 * channel. Thread: the session's.
 */
final class Booths {
  private final SessionPlan plan;
  private final List<Booth> booths;
  private final Supplier<SessionState> state;
  private final Notices notices;

  /**
   * @param state the session as the switchboard sees it now
   */
  Booths(SessionPlan plan, Supplier<SessionState> state, Notices notices) {
    this.plan = plan;
    this.booths = plan.booths().stream().map(Booth::new).toList();
    this.state = state;
    this.notices = notices;
  }

  List<Booth> all() {
    return booths;
  }

  Optional<Booth> find(String id) {
    return booths.stream().filter(booth -> booth.id().equals(id)).findFirst();
  }

  /** The place of {@code person}, in whatever booth. */
  Optional<Seat> seat(String person) {
    return booths.stream().flatMap(booth -> booth.seat(person).stream()).findFirst();
  }

  /** The place whose microphone a publication is. */
  Optional<Seat> seat(Publication publication) {
    return booths.stream()
        .flatMap(booth -> booth.seats().stream())
        .filter(seat -> seat.publication().filter(p -> p == publication).isPresent())
        .findFirst();
  }

  /** An interpreter's sound by its source's id; null if they have gone. */
  @Nullable Source audio(String source) {
    for (Booth booth : booths) {
      for (Seat seat : booth.seats()) {
        if (seat.source().equals(source)) {
          return seat.audio();
        }
      }
    }
    return null;
  }

  /** The booth an interpreter belongs to before they have said which language they work into. */
  Optional<Booth> home(Person who) {
    Optional<Booth> named = who.booth().flatMap(this::find);
    if (named.isPresent()) {
      return named;
    }
    Optional<Booth> expected =
        booths.stream().filter(booth -> booth.plan().members().contains(who.id())).findFirst();
    return expected.isPresent() || booths.size() != 1 ? expected : Optional.of(booths.getFirst());
  }

  /**
   * The booth in which {@code who} works into {@code language}.
   *
   * @param asked the booth asked for; null if none
   * @throws ProblemException 404 no such booth, 422 the booth does not work into the language
   */
  Booth choose(Person who, String language, @Nullable String asked) {
    if (asked != null) {
      Booth booth = find(asked).orElseThrow(() -> noBooth("There is no booth " + asked + "."));
      requireWorksInto(booth, language);
      return booth;
    }
    return home(who)
        .filter(booth -> booth.plan().worksInto(language))
        .or(() -> booths.stream().filter(b -> b.plan().worksInto(language)).findFirst())
        .orElseThrow(() -> noBooth("No booth of this session works into " + language + "."));
  }

  /**
   * Refuses to open a microphone where another is open.
   *
   * @param take whether the booth partner's may be taken
   * @throws ProblemException 409 interlock
   */
  void requireFree(Booth booth, String person, String channel, boolean take) {
    booth
        .holder()
        .filter(holder -> !holder.person().id().equals(person))
        .filter(holder -> !take && !holder.isLost())
        .ifPresent(
            holder -> {
              throw interlock(
                  holder.person().name() + " has this booth's microphone: take it, or wait.");
            });
    if (plan.collision() == Collision.INTERLOCK) {
      Switchboard.holder(state.get(), channel, booth.id())
          .ifPresent(
              other -> {
                throw interlock(
                    "Booth "
                        + other.id()
                        + " is on channel "
                        + channel
                        + " and must leave it"
                        + " first.");
              });
    }
  }

  /**
   * Does what a console key does.
   *
   * @param wanted null to leave the microphone's state
   * @param outgoing null to leave the channel
   * @param take whether the booth partner's microphone may be taken
   * @throws ProblemException 409 interlock or nothing to cough into, 422 not a channel of the booth
   */
  void microphone(
      Seat seat,
      @Nullable MicrophoneState wanted,
      @Nullable String outgoing,
      boolean take,
      long nowTicks) {
    Booth booth = seat.booth();
    String channel = outgoing == null ? seat.outgoing() : outgoing;
    MicrophoneState next = wanted == null ? seat.microphone() : wanted;
    requireWorksInto(booth, channel);
    if (next == MicrophoneState.COUGH && !seat.holds()) {
      throw ProblemType.CONFLICT.because("The microphone is closed already.").asException();
    }
    if (next != MicrophoneState.CLOSED) {
      requireFree(booth, seat.person().id(), channel, take);
      takeFromPartner(seat);
      takeChannel(seat, channel);
    }
    seat.outgoing(channel, nowTicks);
    seat.microphone(next, nowTicks);
    booth.chose(channel);
  }

  /** Looks at every microphone; whether any was lost or found. */
  boolean look(long nowTicks, long lostAfter, long kept) {
    boolean changed = false;
    for (Booth booth : booths) {
      for (Seat seat : List.copyOf(booth.seats())) {
        if (seat.look(nowTicks, lostAfter)) {
          changed = true;
          if (seat.isLost()) {
            lost(seat);
          } else {
            found(seat, nowTicks);
          }
        }
        if (seat.isForfeit(nowTicks, kept)) {
          seat.disconnect();
          changed = true;
        }
      }
    }
    return changed;
  }

  /** Tells the partners of an interpreter on air who vanished. */
  void lost(Seat seat) {
    if (!seat.holds()) {
      return;
    }
    for (Seat partner : seat.booth().seats()) {
      if (partner != seat) {
        notices.tell(partner.person().id(), Notice.PARTNER_LOST, seat.person().name());
      }
    }
  }

  /** Tells the holder, once, that they speak what the floor speaks. */
  void warn(SessionState now) {
    for (Booth booth : booths) {
      boolean same = Switchboard.speaksFloorLanguage(now, booth.state());
      if (same && !booth.isWarned()) {
        booth
            .holder()
            .ifPresent(holder -> notices.tell(holder.person().id(), Notice.SAME_LANGUAGE, null));
      }
      booth.warned(same);
    }
  }

  private void found(Seat seat, long nowTicks) {
    if (seat.holds() && plan.collision() == Collision.INTERLOCK) {
      // Another booth came to the aid of this channel meanwhile: it stays.
      Switchboard.holder(state.get(), seat.outgoing(), seat.booth().id())
          .ifPresent(
              other -> {
                seat.microphone(MicrophoneState.CLOSED, nowTicks);
                notices.tell(seat.person().id(), Notice.CHANNEL_TAKEN, other.id());
              });
    }
  }

  private void takeFromPartner(Seat seat) {
    for (Seat partner : seat.booth().seats()) {
      if (partner != seat && partner.holds()) {
        partner.microphone(MicrophoneState.CLOSED, partner.openSinceTicks());
        notices.tell(partner.person().id(), Notice.TAKEN_BY_PARTNER, seat.person().name());
      }
    }
  }

  private void takeChannel(Seat seat, String channel) {
    boolean alreadyOn = seat.holds() && seat.outgoing().equals(channel);
    if (alreadyOn) {
      return;
    }
    Switchboard.holder(state.get(), channel, seat.booth().id())
        .flatMap(other -> find(other.id()))
        .flatMap(Booth::holder)
        .ifPresent(
            first -> notices.tell(first.person().id(), Notice.CHANNEL_TAKEN, seat.person().name()));
  }

  private static void requireWorksInto(Booth booth, String language) {
    BoothPlan plan = booth.plan();
    if (!plan.worksInto(language)) {
      String channels = Objects.requireNonNullElse(plan.b(), plan.a());
      throw ProblemType.INVALID
          .because(
              "Booth "
                  + plan.id()
                  + " works into "
                  + plan.a()
                  + (channels.equals(plan.a()) ? "" : " and " + channels)
                  + " only.")
          .asException();
    }
  }

  private static ProblemException interlock(String detail) {
    return ProblemType.INTERLOCK.because(detail).asException();
  }

  private static ProblemException noBooth(String detail) {
    return ProblemType.NOT_FOUND.because(detail).asException();
  }
}
