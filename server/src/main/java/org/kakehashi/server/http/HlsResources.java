package org.kakehashi.server.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.kakehashi.media.recording.Track;

/** What players read: {@code /hls/…}, live and replay alike. Thread: the request's. */
final class HlsResources {
  private static final String VTT = ".vtt";
  private static final String PLAYLIST = ".m3u8";

  private final Replays replays;
  private final PlayerAccess players;
  private final HlsPlaylists playlists;
  private final HlsFiles files;

  HlsResources(Replays replays, PlayerAccess players) {
    this.replays = replays;
    this.players = players;
    HlsWaiting waiting =
        new HlsWaiting(replays.settings().maxWaiting(), replays.metrics().waiting());
    this.playlists = new HlsPlaylists(replays.metrics(), waiting);
    this.files = new HlsFiles(replays.metrics(), waiting, replays.kept());
  }

  List<Endpoint> endpoints() {
    return List.of(
        at("/hls/{session}/index.m3u8", context -> playlists.multivariant(request(context))),
        at("/hls/{session}/poster.jpg", context -> files.poster(request(context))),
        at("/hls/{session}/captions/{file}", this::captions),
        at("/hls/{session}/{track}/index.m3u8", this::playlist),
        at("/hls/{session}/{track}/{file}", this::file));
  }

  private static Endpoint at(String path, io.vertx.core.Handler<RoutingContext> handler) {
    return Endpoint.at(path).on(HttpMethod.GET, handler).patient();
  }

  private HlsRequest request(RoutingContext context) {
    return HlsRequest.of(context, replays, players);
  }

  private void playlist(RoutingContext context) {
    HlsRequest request = request(context);
    playlists.media(request, track(request));
  }

  private void file(RoutingContext context) {
    HlsRequest request = request(context);
    files.media(request, track(request), context.pathParam("file"));
  }

  private void captions(RoutingContext context) {
    HlsRequest request = request(context);
    String file = context.pathParam("file");
    String language = file.replaceAll("\\.(vtt|m3u8)$", "");
    if (!request.recorded().document().captions().contains(language)) {
      throw HlsFiles.nothingHere();
    }
    if (file.endsWith(VTT)) {
      files.captions(request, language);
    } else if (file.endsWith(PLAYLIST)) {
      playlists.captions(request, language);
    } else {
      throw HlsFiles.nothingHere();
    }
  }

  private static Track track(HlsRequest request) {
    return request
        .recorded()
        .media()
        .track(request.context().pathParam("track"))
        .orElseThrow(HlsFiles::nothingHere);
  }
}
