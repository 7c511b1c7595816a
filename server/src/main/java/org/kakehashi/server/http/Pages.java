package org.kakehashi.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.kakehashi.server.problem.ProblemType;

/**
 * The pages as the front end's build left them in the jar: one HTML file for all, and assets whose
 * names change with their contents, so that browsers keep those for good and ask for the page each
 * time. Thread: an event loop.
 */
final class Pages {
  private static final List<String> PATHS =
      List.of(
          "/",
          "/attend/:session",
          "/booth/:session",
          "/stage/:session",
          "/desk/:session",
          "/replay/:session");
  private static final String FOLDER = "webroot";
  private static final String WITHOUT_PAGES =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Kakehashi</title>
      <h1>Kakehashi is running, without its pages</h1>
      <p>They are built from the folder <code>web</code>. Run <code>make web</code>, or
      <code>make build</code> for pages and server, and start the server again.</p>
      <p>The API works without them: <a href="/api/openapi.yaml">its contract</a>,
      <a href="/api/sessions">the programme</a>.</p>
      </html>
      """;

  private final Buffer page;

  private Pages(Buffer page) {
    this.page = page;
  }

  /** The pages in this class path, or one that says how to build them. */
  static Pages load() {
    return new Pages(Buffer.buffer(resource(FOLDER + "/index.html").orElse(WITHOUT_PAGES)));
  }

  /** A file of the class path, as text. */
  static Optional<String> resource(String name) {
    try (InputStream in = Pages.class.getClassLoader().getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void mount(Router router) {
    for (String path : PATHS) {
      router.route(path).handler(this::page);
    }
    // A name under assets/ has a hash of the contents in it: what it names never changes.
    files(router, "/assets/*", FOLDER + "/assets", "public, max-age=31536000, immutable");
    files(router, "/*", FOLDER, Answers.NO_CACHE);
  }

  private static void files(Router router, String path, String folder, String caching) {
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(
            context -> {
              Endpoint.name(context, path);
              context.addHeadersEndHandler(
                  sent -> {
                    if (context.response().getStatusCode() < 400) {
                      context.response().putHeader(HttpHeaders.CACHE_CONTROL, caching);
                    }
                  });
              context.next();
            })
        .handler(
            StaticHandler.create(folder)
                .setCachingEnabled(false)
                .setDirectoryListing(false)
                .setFilesReadOnly(true)
                .setIncludeHidden(false));
  }

  private void page(RoutingContext context) {
    Endpoint.name(context, "/{page}");
    HttpMethod method = context.request().method();
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
      throw ProblemType.METHOD_NOT_ALLOWED.because("A page is read.").asException();
    }
    Answers.send(context, "text/html; charset=utf-8", Answers.NO_CACHE, page);
  }
}
