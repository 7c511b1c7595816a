package org.kakehashi.server.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.live.LiveSession;
import org.kakehashi.server.programme.City;
import org.kakehashi.server.programme.LocalText;
import org.kakehashi.server.programme.SessionPlan;

/** What {@code GET /api/sessions} shows of the programme. */
final class ProgrammeView {
  private ProgrammeView() {}

  /** All sessions one may see. */
  record Sessions(List<Session> sessions) {}

  /** One session. */
  record Session(
      String id,
      LocalText title,
      LiveSession.State state,
      List<String> languages,
      @Nullable Instant startsAt,
      @Nullable Instant endsAt,
      @JsonProperty("public") boolean open,
      boolean chaired,
      @Nullable String hls,
      @Nullable String replay,
      Event event) {

    static Session of(LiveSession session) {
      SessionPlan plan = session.plan();
      return new Session(
          session.id(),
          plan.title(),
          session.state(),
          plan.languages(),
          plan.startsAt(),
          plan.endsAt(),
          plan.open(),
          plan.chaired(),
          plan.recording().recorded() ? "/hls/" + plan.id() + "/index.m3u8" : null,
          plan.recording().recorded() ? "/replay/" + plan.id() : null,
          new Event(
              plan.event().id(),
              plan.event().title(),
              plan.event().cities().stream().map(Place::of).toList()));
    }
  }

  /** The event it belongs to. */
  record Event(String id, LocalText title, List<Place> cities) {}

  /** A city of the event. */
  record Place(LocalText name, String zone) {
    static Place of(City city) {
      return new Place(city.name(), city.zone().getId());
    }
  }
}
