package org.kakehashi.server.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/** What every answer tells browsers not to do. */
final class SecurityHeaders {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]+]");

  private SecurityHeaders() {}

  static void handle(RoutingContext context) {
    HttpServerResponse response = context.response();
    response
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader(
            "Permissions-Policy",
            "camera=(self), microphone=(self), display-capture=(self), autoplay=(self),"
                + " screen-wake-lock=(self), fullscreen=(self), geolocation=(), payment=(), usb=()")
        .putHeader("Content-Security-Policy", policy(context));
    if (!mayBeFramed(context)) {
      response.putHeader("X-Frame-Options", "DENY");
    }
    if (Caller.of(context).secure()) {
      response.putHeader("Strict-Transport-Security", "max-age=31536000");
    }
    context.next();
  }

  /** Everything from here, nothing inline; nobody frames it but the replay. */
  private static String policy(RoutingContext context) {
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
        + " font-src 'self'; media-src 'self' blob:; worker-src 'self' blob:;"
        + " manifest-src 'self'; connect-src 'self'"
        + socket(context)
        + "; base-uri 'none'; form-action 'none'; frame-ancestors "
        + (mayBeFramed(context) ? "*" : "'none'");
  }

  /**
   * A replay may stand in other sites' pages. In a frame its page offers nothing that changes
   * anything, so that nobody can be made to click there.
   */
  private static boolean mayBeFramed(RoutingContext context) {
    return context.normalizedPath().startsWith("/replay/");
  }

  /** Older browsers do not count a WebSocket to the page's own origin as 'self'. */
  private static String socket(RoutingContext context) {
    HostAndPort authority = context.request().authority();
    if (authority == null || !HOST.matcher(authority.host()).matches()) {
      return "";
    }
    String scheme = Caller.of(context).secure() ? " wss://" : " ws://";
    return scheme + authority.host() + (authority.port() > 0 ? ":" + authority.port() : "");
  }
}
