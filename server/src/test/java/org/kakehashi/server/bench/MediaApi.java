package org.kakehashi.server.bench;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;
import org.kakehashi.media.webrtc.dtls.DtlsIdentity;

/** Opens media connections to a server by WHIP (RFC 9725) and WHEP. Any thread; its calls wait. */
public final class MediaApi implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  /** Handshakes computed at once on this side. */
  private static final int HANDSHAKES = 4;

  private final URI server;
  private final EventLoopGroup loops;
  private final HttpClient http = HttpClient.newHttpClient();
  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
  private final Semaphore handshakes = new Semaphore(HANDSHAKES);

  /**
   * @param server its HTTP address
   * @param loops threads for the clients' media
   */
  public MediaApi(URI server, int loops) {
    this.server = server;
    this.loops = new MultiThreadIoEventLoopGroup(loops, EpollIoHandler.newFactory());
  }

  /** An open connection, which {@link #close} ends as a page does: by {@code DELETE}. */
  public final class Connection implements AutoCloseable {
    private final WebRtcClient client;
    private final URI resource;
    private final @Nullable String token;

    private Connection(WebRtcClient client, URI resource, @Nullable String token) {
      this.client = client;
      this.resource = resource;
      this.token = token;
    }

    public WebRtcClient client() {
      return client;
    }

    @Override
    public void close() {
      expect(200, send(request(resource, token).DELETE().build()));
      client.close();
    }
  }

  /** Publishes sound, for instance to {@code floor?language=fr}. */
  public Connection publish(String channel, String token, int ssrc) {
    WebRtcClient client = client(List.of(ClientMedia.speaks(ssrc)));
    return connect("/whip/" + Venue.SESSION + "/" + channel, token, client);
  }

  /** Publishes to a path such as {@code /whip/hall/floor?language=fr}. */
  public Connection publishTo(String path, String token, ClientMedia... media) {
    return connect(path, token, client(List.of(media)));
  }

  /**
   * Hears a channel.
   *
   * @param onRtp given each RTP packet in plain text, on an event loop
   */
  public Connection listen(String channel, Consumer<ByteBuf> onRtp) {
    WebRtcClient client = client(List.of(ClientMedia.hears())).onRtp(onRtp);
    return connect("/whep/" + Venue.SESSION + "/" + channel, null, client);
  }

  private WebRtcClient client(List<ClientMedia> media) {
    return new WebRtcClient(loops, identity, handshakes, media);
  }

  private Connection connect(String path, @Nullable String token, WebRtcClient client) {
    HttpRequest offer =
        request(server.resolve(path), token)
            .header("Content-Type", "application/sdp")
            .POST(BodyPublishers.ofString(client.offer()))
            .build();
    HttpResponse<String> answer = expect(201, send(offer));
    URI resource = server.resolve(answer.headers().firstValue("Location").orElseThrow());
    client.connect(answer.body()).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    return new Connection(client, resource, token);
  }

  /** The body of {@code GET path}. */
  public String get(String path) {
    return expect(200, send(request(server.resolve(path), null).GET().build())).body();
  }

  /** How many media connections there are, by its metrics. */
  public int peers() {
    return (int) Metrics.of(this).sum("kakehashi_media_peers");
  }

  /** The whole address of a path. */
  public URI address(String path) {
    return server.resolve(path);
  }

  /** Saves the body of {@code GET path}. */
  public Path save(String path, Path file) {
    HttpRequest request = request(server.resolve(path), null).GET().build();
    return expect(200, send(request, BodyHandlers.ofFile(file, CREATE, WRITE, TRUNCATE_EXISTING)))
        .body();
  }

  private static HttpRequest.Builder request(URI uri, @Nullable String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest request) {
    return send(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static <T> HttpResponse<T> expect(int status, HttpResponse<T> response) {
    if (response.statusCode() != status) {
      throw new IllegalStateException(
          "%s answered %d: %s"
              .formatted(response.request(), response.statusCode(), response.body()));
    }
    return response;
  }

  @Override
  public void close() {
    http.close();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
