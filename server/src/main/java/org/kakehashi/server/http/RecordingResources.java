package org.kakehashi.server.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.replay.Chapter;
import org.kakehashi.server.replay.Recorded;
import org.kakehashi.server.replay.RecordingAccess;

/** Recordings, to look at and to change: {@code /api/recordings}. Thread: the request's. */
final class RecordingResources {
  private static final String JSON = "application/json";

  private final Replays replays;
  private final Access access;

  RecordingResources(Replays replays, Access access) {
    this.replays = replays;
    this.access = access;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.at("/api/recordings").on(HttpMethod.GET, this::all),
        Endpoint.at("/api/recordings/{session}")
            .on(HttpMethod.GET, this::one)
            .on(HttpMethod.PATCH, this::patch)
            .on(HttpMethod.DELETE, this::delete),
        Endpoint.at("/api/recordings/{session}/restore").on(HttpMethod.POST, this::restore),
        Endpoint.at("/api/recordings/{session}/captions/{language}")
            .on(HttpMethod.PUT, this::captions)
            .on(HttpMethod.DELETE, this::removeCaptions)
            .body(replays.settings().maxCaptions()),
        Endpoint.at("/api/recordings/{session}/poster").on(HttpMethod.PUT, this::poster));
  }

  private void all(RoutingContext context) {
    Answers.json(context, Map.of("recordings", replays.views().all(access.person(context))));
  }

  private void one(RoutingContext context) {
    Optional<Person> who = access.person(context);
    Recorded recorded = recorded(context);
    RecordingAccess.requireSee(who, recorded);
    answer(context, who, recorded);
  }

  private void patch(RoutingContext context) {
    Optional<Person> who = access.person(context);
    Recorded recorded = editable(context, who);
    MediaTypes.require(context, JSON);
    RecordingChanges changes = RecordingChanges.read(body(context));
    if (!changes.titles().isEmpty()) {
      Set<String> known =
          replays.views().chapters(recorded).stream().map(Chapter::id).collect(Collectors.toSet());
      replays.edits().rename(who, recorded, changes.titles(), known);
    }
    if (changes.trims()) {
      replays.edits().trim(who, recorded, changes.cut());
    }
    if (changes.published() != null) {
      replays.edits().publish(who, recorded, changes.published());
    }
    answer(context, who, recorded);
  }

  private void delete(RoutingContext context) {
    Optional<Person> who = access.person(context);
    Recorded recorded = editable(context, who);
    replays.edits().delete(who, recorded);
    answer(context, who, recorded);
  }

  private void restore(RoutingContext context) {
    Optional<Person> who = access.person(context);
    Recorded recorded = editable(context, who);
    replays.edits().restore(who, recorded);
    answer(context, who, recorded);
  }

  private void captions(RoutingContext context) {
    Optional<Person> who = access.person(context);
    Recorded recorded = editable(context, who);
    MediaTypes.require(context, "text/vtt");
    byte[] file =
        context.body().buffer() == null ? new byte[0] : context.body().buffer().getBytes();
    replays.edits().captions(who, recorded, context.pathParam("language"), file);
    answer(context, who, recorded);
  }

  private void removeCaptions(RoutingContext context) {
    Optional<Person> who = access.person(context);
    Recorded recorded = editable(context, who);
    replays.edits().removeCaptions(who, recorded, context.pathParam("language"));
    answer(context, who, recorded);
  }

  private void poster(RoutingContext context) {
    Optional<Person> who = access.person(context);
    Recorded recorded = editable(context, who);
    MediaTypes.require(context, JSON);
    replays.edits().poster(who, recorded, RecordingChanges.moment(body(context)));
    answer(context, who, recorded);
  }

  private void answer(RoutingContext context, Optional<Person> who, Recorded recorded) {
    Answers.json(context, replays.views().view(who, recorded));
  }

  /** Before a body is looked at: who may not change it is told so first. */
  private Recorded editable(RoutingContext context, Optional<Person> who) {
    if (who.isEmpty()) {
      throw org.kakehashi.server.problem.ProblemType.NO_TOKEN
          .because("Send the token of your link as \"Authorization: Bearer …\".")
          .asException();
    }
    Recorded recorded = recorded(context);
    RecordingAccess.requireEdit(who, recorded);
    return recorded;
  }

  private Recorded recorded(RoutingContext context) {
    return replays
        .catalogue()
        .find(context.pathParam("session"))
        .orElseThrow(RecordingAccess::noRecording);
  }

  private static String body(RoutingContext context) {
    String body = context.body().asString("UTF-8");
    return body == null ? "" : body;
  }
}
