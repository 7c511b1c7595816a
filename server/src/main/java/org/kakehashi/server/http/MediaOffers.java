package org.kakehashi.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.http.Access.Admitted;
import org.kakehashi.server.live.Connection;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/**
 * Where media begins: {@code POST} of an SDP offer to a WHIP (RFC 9725, section 4.2) or WHEP
 * (draft-ietf-wish-whep) endpoint. Thread: the request's.
 */
final class MediaOffers {
  private static final String SDP = "application/sdp";

  private final Access access;
  private final AddressRateLimit rate;

  MediaOffers(Access access, AddressRateLimit rate) {
    this.access = access;
    this.rate = rate;
  }

  List<Endpoint> endpoints() {
    return List.of(
        endpoint("/whip/{session}/floor", this::floor),
        endpoint("/whip/{session}/slides", this::slides),
        endpoint("/whip/{session}/sign", this::sign),
        endpoint("/whip/{session}/{language}", this::interpret),
        endpoint("/whep/{session}/{channel}", this::listen));
  }

  private interface Accepts {
    Connection accept(RoutingContext context, String offer);
  }

  private Endpoint endpoint(String path, Accepts accepts) {
    return Endpoint.at(path)
        .on(HttpMethod.POST, context -> accept(context, accepts))
        .option("Accept-Post", SDP);
  }

  private Connection floor(RoutingContext context, String offer) {
    Admitted by = access.participant(context);
    return by.session().publishFloor(by.person(), offer, language(context));
  }

  private Connection slides(RoutingContext context, String offer) {
    Admitted by = access.participant(context);
    return by.session().publishSlides(by.person(), offer, language(context));
  }

  private Connection sign(RoutingContext context, String offer) {
    Admitted by = access.participant(context);
    return by.session().publishSign(by.person(), offer, language(context));
  }

  private Connection interpret(RoutingContext context, String offer) {
    Admitted by = access.participant(context);
    return by.session()
        .interpret(
            by.person(),
            offer,
            channel(by, context.pathParam("language")),
            opensMicrophone(context.request()),
            context.request().getParam("booth"));
  }

  private Connection listen(RoutingContext context, String offer) {
    Admitted by = access.listener(context);
    return by.session().listen(by.person(), offer, channel(by, context.pathParam("channel")));
  }

  private void accept(RoutingContext context, Accepts accepts) {
    Limits.take(rate, context, "media offers");
    requireAnswerable(context);
    String offer = context.body().asString("UTF-8");
    Connection connection = accepts.accept(context, offer == null ? "" : offer);
    context
        .response()
        .setStatusCode(201)
        .putHeader(HttpHeaders.CONTENT_TYPE, SDP)
        .putHeader(HttpHeaders.LOCATION, MediaConnections.pathOf(connection))
        .putHeader(HttpHeaders.ETAG, connection.etag())
        .putHeader("Accept-Patch", MediaConnections.FRAGMENT)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(connection.answer());
  }

  private static void requireAnswerable(RoutingContext context) {
    MediaTypes.require(context, SDP);
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    if (!MediaTypes.accepts(accept, SDP)) {
      throw ProblemType.NOT_ACCEPTABLE
          .because("The answer is " + SDP + "; \"Accept\" does not have it.")
          .asException();
    }
  }

  private static String channel(Admitted by, String channel) {
    if (!by.session().plan().hasChannel(channel)) {
      throw ProblemType.NO_SUCH_CHANNEL
          .because("Here are: floor, " + String.join(", ", by.session().plan().languages()) + ".")
          .asException();
    }
    return channel;
  }

  private static @Nullable String language(RoutingContext context) {
    String language = context.request().getParam("language");
    if (language != null && !language.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")) {
      throw invalid("\"language\" must be a language tag such as fr.");
    }
    return language;
  }

  private static boolean opensMicrophone(HttpServerRequest request) {
    return switch (Optional.ofNullable(request.getParam("microphone")).orElse("open")) {
      case "open" -> true;
      case "closed" -> false;
      default -> throw invalid("\"microphone\" must be open or closed.");
    };
  }

  private static ProblemException invalid(String detail) {
    return ProblemType.INVALID.because(detail).asException();
  }
}
