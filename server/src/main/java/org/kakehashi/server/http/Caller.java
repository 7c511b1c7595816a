package org.kakehashi.server.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.kakehashi.server.config.Cidr;

/**
 * Who sends a request, as far as the network tells.
 *
 * @param address the client's, behind trusted proxies as they report it
 * @param proxied whether the request came through anything that says it passed it on
 * @param secure whether the client's own connection is encrypted
 */
record Caller(InetAddress address, boolean proxied, boolean secure) {
  private static final String KEY = "caller";
  private static final int MAX_HOPS = 20;

  /** Works out who called and keeps it with the request. */
  static Caller identify(RoutingContext context, List<Cidr> trustedProxies) {
    Caller caller = of(context.request(), trustedProxies);
    context.put(KEY, caller);
    return caller;
  }

  /** Who called; {@link #identify} was asked before. */
  static Caller of(RoutingContext context) {
    return context.get(KEY);
  }

  static Caller of(HttpServerRequest request, List<Cidr> trustedProxies) {
    InetAddress peer = InetAddress.ofLiteral(request.remoteAddress().hostAddress());
    String chain = String.join(",", request.headers().getAll("X-Forwarded-For"));
    boolean proxied =
        !chain.isEmpty()
            || request.headers().contains("Forwarded")
            || request.headers().contains("X-Forwarded-Proto")
            || request.headers().contains("X-Real-IP");
    if (!trusted(peer, trustedProxies)) {
      return new Caller(peer, proxied, request.isSSL());
    }
    String scheme = request.getHeader("X-Forwarded-Proto");
    return new Caller(
        behind(peer, chain, trustedProxies),
        proxied,
        scheme == null ? request.isSSL() : scheme.strip().toLowerCase(Locale.ROOT).equals("https"));
  }

  /** The last address of the chain that no trusted proxy has: those before it may be invented. */
  private static InetAddress behind(InetAddress peer, String chain, List<Cidr> trustedProxies) {
    String[] hops = chain.split(",");
    InetAddress nearest = peer;
    for (int i = hops.length - 1; i >= 0 && i >= hops.length - MAX_HOPS; i--) {
      try {
        nearest = InetAddress.ofLiteral(hops[i].strip());
      } catch (IllegalArgumentException e) {
        return nearest; // Not an address: whoever wrote it is not to be believed further.
      }
      if (!trusted(nearest, trustedProxies)) {
        return nearest;
      }
    }
    return nearest;
  }

  private static boolean trusted(InetAddress address, List<Cidr> trustedProxies) {
    return trustedProxies.stream().anyMatch(range -> range.contains(address));
  }
}
