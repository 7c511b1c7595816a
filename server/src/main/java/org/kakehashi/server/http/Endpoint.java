package org.kakehashi.server.http;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kakehashi.server.problem.ProblemType;

/**
 * One path of the API and what its methods do. Answers {@code OPTIONS} by itself, {@code HEAD}
 * where there is {@code GET}, and any other method with 405.
 *
 * <p>Thread: a virtual one for each request.
 */
final class Endpoint {
  private static final String KEY = "endpoint";

  private final String path;
  private final Map<HttpMethod, Handler<RoutingContext>> methods = new LinkedHashMap<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private boolean patient;
  private int maxBody;

  private Endpoint(String path) {
    this.path = path;
  }

  /**
   * An endpoint without methods yet.
   *
   * @param path as the contract writes it: {@code /whip/{session}/floor}
   */
  static Endpoint at(String path) {
    return new Endpoint(path);
  }

  Endpoint on(HttpMethod method, Handler<RoutingContext> handler) {
    methods.put(method, handler);
    return this;
  }

  /** Adds a header to the answer to {@code OPTIONS}. */
  Endpoint option(String header, String value) {
    options.put(header, value);
    return this;
  }

  /** Lets a request take as long as it takes: it waits for media, or is a long download. */
  Endpoint patient() {
    patient = true;
    return this;
  }

  /** Whether a request may take as long as it takes. A patient endpoint reads no body. */
  boolean isPatient() {
    return patient;
  }

  /** Reads bodies of up to this many bytes, which is more than elsewhere. */
  Endpoint body(int max) {
    maxBody = max;
    return this;
  }

  /** The longest body, in bytes; 0 where it is as elsewhere. */
  int maxBody() {
    return maxBody;
  }

  /** The path as the router writes it. */
  String route() {
    return path.replaceAll("\\{(\\w+)}", ":$1");
  }

  /** As the contract writes it. */
  String path() {
    return path;
  }

  /** The methods that do something, as the contract lists them. */
  List<String> methods() {
    return methods.keySet().stream().map(HttpMethod::name).sorted().toList();
  }

  /** The path of the endpoint that answers, for logs and metrics: no ids in it. */
  static String of(RoutingContext context) {
    String path = context.get(KEY);
    return path == null ? "none" : path;
  }

  /** Names what answers a request that is no endpoint's: the pages, the socket. */
  static void name(RoutingContext context, String name) {
    context.put(KEY, name);
  }

  void mount(Router router) {
    router.route(route()).handler(this::takeOver);
  }

  /** From the event loop to a thread that may wait; a refusal goes back the same way. */
  private void takeOver(RoutingContext context) {
    Context loop = context.vertx().getOrCreateContext();
    Thread.ofVirtual()
        .name("request")
        .start(
            () -> {
              try {
                handle(context);
              } catch (Throwable refused) { // Whatever it is, the client gets an answer.
                loop.runOnContext(back -> context.fail(refused));
              }
            });
  }

  private void handle(RoutingContext context) {
    context.put(KEY, path);
    HttpMethod method = context.request().method();
    Handler<RoutingContext> handler = methods.get(method);
    if (handler == null && method.equals(HttpMethod.HEAD)) {
      handler = methods.get(HttpMethod.GET);
    }
    if (handler != null) {
      handler.handle(context);
      return;
    }
    context.response().putHeader(HttpHeaders.ALLOW, allowed());
    if (!method.equals(HttpMethod.OPTIONS)) {
      throw ProblemType.METHOD_NOT_ALLOWED
          .because("Here are: " + allowed() + ". See /api/openapi.yaml.")
          .asException();
    }
    options.forEach(context.response()::putHeader);
    context.response().setStatusCode(204).end();
  }

  private String allowed() {
    List<String> names = new ArrayList<>(methods());
    if (methods.containsKey(HttpMethod.GET)) {
      names.add("HEAD");
    }
    names.add("OPTIONS");
    return String.join(", ", names);
  }
}
