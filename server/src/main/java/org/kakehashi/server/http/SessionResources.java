package org.kakehashi.server.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.kakehashi.server.live.Sessions;
import org.kakehashi.server.people.Person;

/** The programme and the routing tables, for reading. Thread: the request's. */
final class SessionResources {
  private final Sessions sessions;
  private final Access access;

  SessionResources(Sessions sessions, Access access) {
    this.sessions = sessions;
    this.access = access;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.at("/api/sessions").on(HttpMethod.GET, this::all),
        Endpoint.at("/api/sessions/{session}").on(HttpMethod.GET, this::one),
        Endpoint.at("/api/sessions/{session}/routing").on(HttpMethod.GET, this::routing));
  }

  private void all(RoutingContext context) {
    Optional<Person> person = access.person(context);
    Answers.json(
        context,
        new ProgrammeView.Sessions(
            sessions.all().stream()
                .filter(session -> access.sees(person, session))
                .map(ProgrammeView.Session::of)
                .toList()));
  }

  private void one(RoutingContext context) {
    Answers.json(context, ProgrammeView.Session.of(access.listener(context).session()));
  }

  private void routing(RoutingContext context) {
    Answers.json(context, access.listener(context).session().routing());
  }
}
