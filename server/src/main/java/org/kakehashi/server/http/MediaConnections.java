package org.kakehashi.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.kakehashi.server.http.Access.Owner;
import org.kakehashi.server.live.Connection;
import org.kakehashi.server.problem.ProblemType;

/**
 * Media that has begun: trickle ICE and ICE restart by {@code PATCH} (RFC 9725, section 4.3), the
 * end by {@code DELETE}, another channel and the console's keys by {@code PUT}. Thread: the
 * request's.
 */
final class MediaConnections {
  /** Media type of an SDP fragment (RFC 8840, section 9). */
  static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  private static final String JSON = "application/json";

  private final Access access;

  MediaConnections(Access access) {
    this.access = access;
  }

  /** Where a connection is found, as {@code Location} has it. */
  static String pathOf(Connection connection) {
    return (connection.kind().publishes() ? "/whip/r/" : "/whep/r/") + connection.id();
  }

  List<Endpoint> endpoints() {
    return List.of(
        resource("/whip/r/{connection}", true),
        resource("/whep/r/{connection}", false),
        Endpoint.at("/whep/r/{connection}/channel").on(HttpMethod.PUT, this::channel),
        Endpoint.at("/whip/r/{connection}/microphone").on(HttpMethod.PUT, this::microphone));
  }

  private Endpoint resource(String path, boolean publishes) {
    return Endpoint.at(path)
        .on(HttpMethod.PATCH, context -> patch(context, publishes))
        .on(HttpMethod.DELETE, context -> delete(context, publishes))
        .option("Accept-Patch", FRAGMENT);
  }

  private void patch(RoutingContext context, boolean publishes) {
    Connection connection = access.owner(context, publishes).connection();
    MediaTypes.require(context, FRAGMENT);
    requireMatch(context, connection.etag());
    String body = context.body().asString("UTF-8");
    Optional<String> restarted = connection.patch(body == null ? "" : body);
    if (restarted.isEmpty()) {
      context.response().setStatusCode(204).end();
      return;
    }
    context
        .response()
        .setStatusCode(200)
        .putHeader(HttpHeaders.CONTENT_TYPE, FRAGMENT)
        .putHeader(HttpHeaders.ETAG, connection.etag())
        .end(restarted.get());
  }

  private void delete(RoutingContext context, boolean publishes) {
    access.owner(context, publishes).connection().close();
    context.response().setStatusCode(200).end();
  }

  private void channel(RoutingContext context) {
    Owner owner = access.owner(context, false);
    MediaTypes.require(context, JSON);
    String channel = Changes.channel(body(context));
    owner.connection().session().channel(owner.connection(), owner.person(), channel);
    context.response().setStatusCode(204).end();
  }

  private void microphone(RoutingContext context) {
    Owner owner = access.owner(context, true);
    if (owner.connection().kind() != Connection.Kind.BOOTH) {
      throw ProblemType.CONFLICT
          .because("Only an interpreter's connection has a console.")
          .asException();
    }
    MediaTypes.require(context, JSON);
    Changes.Microphone change = Changes.microphone(body(context));
    owner
        .connection()
        .session()
        .microphone(owner.connection(), owner.person(), change.state(), change.outgoing());
    context.response().setStatusCode(204).end();
  }

  /** A fragment for an older ICE session would do harm; {@code *} starts a new one. */
  private static void requireMatch(RoutingContext context, String etag) {
    String header = context.request().getHeader(HttpHeaders.IF_MATCH);
    if (header == null) {
      throw ProblemType.NO_PRECONDITION
          .because("Send the connection's ETag as \"If-Match\", or \"*\" to restart ICE.")
          .asException();
    }
    boolean matches =
        Arrays.stream(header.split(","))
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    if (!matches) {
      throw ProblemType.OUT_OF_DATE
          .because("ICE was restarted since; the present ETag is another.")
          .asException();
    }
  }

  private static String body(RoutingContext context) {
    String body = context.body().asString("UTF-8");
    return body == null ? "" : body;
  }
}
