package org.kakehashi.server.bench.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.kakehashi.media.webrtc.client.ClientAnswer;
import org.kakehashi.media.webrtc.sdp.SdpParser;

/**
 * Janus with its streaming plugin, one mountpoint fed by RTP. It offers; the crowd answers as an
 * ICE-lite endpoint.
 */
final class Janus implements Target {
  private static final int HTTP = 18_088;
  private static final int FEED = 18_090;
  private static final int PAYLOAD_TYPE = 111;
  private static final int MOUNTPOINT = 1;
  private static final long PATIENCE_SECONDS = 60;

  private final PinnedProcess process;
  private final boolean video;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI root = URI.create("http://127.0.0.1:" + HTTP + "/janus");
  private final Map<Long, CompletableFuture<String>> offers = new ConcurrentHashMap<>();
  private final DatagramSocket feed;
  private final Picture picture = new Picture(PAYLOAD_TYPE);
  private final long session;
  private volatile boolean open = true;
  private int number;

  Janus(Path folder, boolean video) throws IOException {
    this.video = video;
    route("bench0");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("janus.jcfg"), configuration(folder));
    Files.writeString(folder.resolve("janus.transport.http.jcfg"), transport());
    Files.writeString(folder.resolve("janus.plugin.streaming.jcfg"), streaming(video));
    process =
        new PinnedProcess(
            List.of("janus", "-F", folder.toString(), "-C", folder + "/janus.jcfg"),
            Map.of(),
            folder.resolve("janus.log"));
    feed = new DatagramSocket();
    session = created();
    Thread.ofPlatform().daemon().name("janus-events").start(this::events);
  }

  /**
   * Janus finds nobody by a route over the loopback device, the only one whose routes to this
   * machine the kernel keeps, as it keeps those to listeners elsewhere. The other costs a packet
   * some 0.2 µs more.
   */
  private static void route(String device) throws IOException {
    Process changed =
        new ProcessBuilder("ip", "route", "replace", "local", "198.18.0.0/15", "dev", device)
            .inheritIO()
            .start();
    if (changed.onExit().join().exitValue() != 0) {
      throw new IOException("the crowd's route could not be changed");
    }
  }

  private static String configuration(Path folder) {
    return """
        general: {
          configs_folder = "%s"
          plugins_folder = "/usr/lib/x86_64-linux-gnu/janus/plugins"
          transports_folder = "/usr/lib/x86_64-linux-gnu/janus/transports"
          events_folder = "/nowhere"
          loggers_folder = "/nowhere"
          debug_level = 2
          session_timeout = 0
        }
        media: { }
        plugins: { disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_videoroom.so,libjanus_voicemail.so" }
        transports: { disable = "libjanus_websockets.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so" }
        """
        .formatted(folder);
  }

  private static String transport() {
    return """
        general: { json = "compact", base_path = "/janus", http = true, port = %d, https = false }
        admin: { admin_http = false }
        """
        .formatted(HTTP);
  }

  private static String streaming(boolean video) {
    String media =
        video
            ? "video = true, videoport = %d, videopt = %d, videocodec = \"vp8\", audio = false"
            : "audio = true, audioport = %d, audiopt = %d, audiocodec = \"opus\", video = false";
    return "general: { }\nfloor: { type = \"rtp\", id = %d, %s }\n"
        .formatted(MOUNTPOINT, media.formatted(FEED, PAYLOAD_TYPE));
  }

  private long created() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      try {
        return post(root, message("create")).path("data").path("id").asLong();
      } catch (UncheckedIOException notYet) {
        LockSupport.parkNanos(100_000_000);
      }
    }
    String said = process.log();
    process.close();
    throw new IllegalStateException("Janus did not start:\n" + said);
  }

  private ObjectNode message(String what) {
    return json.createObjectNode().put("janus", what).put("transaction", "t");
  }

  private JsonNode post(URI to, ObjectNode body) {
    return send(
        HttpRequest.newBuilder(to)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  private JsonNode send(HttpRequest request) {
    try {
      return json.readTree(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void events() {
    URI poll = URI.create(root + "/" + session + "?maxev=20");
    while (open) {
      try {
        JsonNode events = send(HttpRequest.newBuilder(poll).GET().build());
        if (events.isArray()) {
          events.forEach(this::event);
        } else {
          event(events);
        }
      } catch (UncheckedIOException closed) {
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private void event(JsonNode event) {
    String sdp = event.path("jsep").path("sdp").asText("");
    CompletableFuture<String> waiting = offers.get(event.path("sender").asLong());
    if (waiting != null && !sdp.isEmpty()) {
      waiting.complete(sdp);
    } else if (waiting != null && event.path("plugindata").path("data").has("error")) {
      waiting.completeExceptionally(new IllegalStateException(event.toString()));
    }
  }

  @Override
  public void join(Attendee attendee, int channel) {
    URI sessionUri = URI.create(root + "/" + session);
    JsonNode attached = post(sessionUri, message("attach").put("plugin", "janus.plugin.streaming"));
    long handle = attached.path("data").path("id").asLong();
    CompletableFuture<String> offer = new CompletableFuture<>();
    offers.put(handle, offer);
    URI handleUri = URI.create(sessionUri + "/" + handle);
    ObjectNode watch = message("message");
    watch.putObject("body").put("request", "watch").put("id", MOUNTPOINT);
    post(handleUri, watch);
    try {
      String sdp = offer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      attendee.connect(ClientAnswer.read(sdp + fingerprint(sdp)));
      ObjectNode start = message("message");
      start.putObject("body").put("request", "start");
      start.putObject("jsep").put("type", "answer").put("sdp", answer(attendee, sdp));
      post(handleUri, start);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Janus says it once for all media lines; the crowd looks for it in the last. */
  private static String fingerprint(String offer) {
    return offer.lines().filter(line -> line.startsWith("a=fingerprint:")).findFirst().orElse("")
        + "\r\n";
  }

  private String answer(Attendee attendee, String offer) {
    var media = SdpParser.parse(offer, 64 * 1024).media().getFirst();
    String mid = media.value("mid").orElse("0");
    return String.join(
        "\r\n",
        "v=0",
        "o=- 1 1 IN IP4 " + attendee.host(),
        "s=-",
        "t=0 0",
        "a=ice-lite",
        "a=group:BUNDLE " + mid,
        "m=%s %d UDP/TLS/RTP/SAVPF %d"
            .formatted(video ? "video" : "audio", attendee.port(), PAYLOAD_TYPE),
        "c=IN IP4 " + attendee.host(),
        "a=mid:" + mid,
        "a=recvonly",
        "a=rtcp-mux",
        "a=rtpmap:%d %s".formatted(PAYLOAD_TYPE, video ? "VP8/90000" : "opus/48000/2"),
        "a=ice-ufrag:" + attendee.credentials().ufrag(),
        "a=ice-pwd:" + attendee.credentials().password(),
        "a=fingerprint:" + attendee.identity().fingerprint().attribute(),
        "a=setup:active",
        "a=candidate:1 1 udp 2130706431 %s %d typ host".formatted(attendee.host(), attendee.port()),
        "a=end-of-candidates",
        "");
  }

  @Override
  public void feed() {
    if (video) {
      picture.next(this::send);
    } else {
      send(StampedPackets.sound(PAYLOAD_TYPE, number++, 1));
    }
  }

  private void send(ByteBuf packet) {
    byte[] bytes = ByteBufUtil.getBytes(packet);
    packet.release();
    try {
      feed.send(
          new DatagramPacket(
              bytes, bytes.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), FEED)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return "Janus";
  }

  @Override
  public PinnedProcess process() {
    return process;
  }

  @Override
  public int warmUpSeconds() {
    return 3;
  }

  @Override
  public boolean isLite() {
    return false;
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public void close() {
    open = false;
    process.close();
    try {
      route("lo");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.shutdownNow();
    feed.close();
  }
}
