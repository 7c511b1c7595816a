package org.kakehashi.server.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.problem.ProblemType;

/** The API's own description, what its problems mean, and the demo's links. */
final class Contract {
  private final @Nullable Supplier<?> demo;
  private final String openApi = required("api/openapi.yaml");
  private final String problems = required("api/problems.md");

  /**
   * @param demo what {@code GET /api/demo} shows; null where there is no demo
   */
  Contract(@Nullable Supplier<?> demo) {
    this.demo = demo;
  }

  List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(Endpoint.at("/api/openapi.yaml").on(HttpMethod.GET, this::openApi));
    endpoints.add(Endpoint.at("/problems/{problem}").on(HttpMethod.GET, this::problem));
    endpoints.add(Endpoint.at("/api/demo").on(HttpMethod.GET, this::demo));
    return endpoints;
  }

  private void openApi(RoutingContext context) {
    Answers.text(context, "application/yaml", Answers.NO_CACHE, openApi);
  }

  /**
   * The paragraph of the page that explains one {@link ProblemType}: a problem's type is a link.
   */
  private void problem(RoutingContext context) {
    String heading = "\n## " + context.pathParam("problem") + "\n";
    int start = problems.indexOf(heading);
    if (start < 0) {
      throw ProblemType.NOT_FOUND.because("No problem has this name.").asException();
    }
    int end = problems.indexOf("\n## ", start + 1);
    Answers.text(
        context,
        "text/markdown; charset=utf-8",
        Answers.NO_CACHE,
        problems.substring(start + 1, end < 0 ? problems.length() : end));
  }

  private void demo(RoutingContext context) {
    if (demo == null) {
      throw ProblemType.NOT_FOUND.because("This server runs no demo.").asException();
    }
    Answers.json(context, demo.get());
  }

  private static String required(String name) {
    return Pages.resource(name)
        .orElseThrow(() -> new IllegalStateException(name + " is missing from the jar"));
  }
}
