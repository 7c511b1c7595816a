package org.kakehashi.server.bench.fanout;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.kakehashi.media.webrtc.client.ClientAnswer;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.ClientOffer;
import org.kakehashi.server.bench.MediaApi;
import org.kakehashi.server.bench.ServerState;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.people.SigningKey;
import org.kakehashi.server.people.Tokens;

/** This server, as operators start it: a few sessions with a floor and three languages each. */
final class Kakehashi implements Target {
  private static final List<String> CHANNELS = List.of("floor", "fr", "ja", "en");
  private static final int PATIENCE_SECONDS = 60;

  private final PinnedProcess process;
  private final URI server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final MediaApi publishing;
  private final List<MediaApi.Connection> sources = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final int payloadType;
  private int number;

  /**
   * What to start.
   *
   * @param channels with sound in each session
   * @param packing of the sound: never, or always
   */
  record Plan(int sessions, int channels, boolean video, boolean recorded, String packing) {
    static Plan sound(int sessions, int channels) {
      return new Plan(sessions, channels, false, false, "never");
    }

    static Plan picture() {
      return new Plan(1, 1, true, false, "never");
    }

    Plan packed() {
      return new Plan(sessions, channels, video, recorded, "always");
    }

    Plan withRecording() {
      return new Plan(sessions, channels, video, true, packing);
    }
  }

  private final Plan plan;
  private final Picture picture = new Picture(ClientMedia.VP8);

  Kakehashi(Path launcher, Path folder, Plan plan) throws IOException {
    this.plan = plan;
    payloadType = ClientMedia.OPUS;
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("kakehashi.yaml"), configuration(plan.packing()));
    Files.writeString(folder.resolve("programme.yaml"), programme(plan));
    process =
        new PinnedProcess(
            List.of(
                launcher.toString(),
                "serve",
                "--config",
                folder.resolve("kakehashi.yaml").toString()),
            Map.of(),
            folder.resolve("server.log"));
    Matcher ready = process.await("HTTP port (\\d+), media port (\\d+)");
    server = URI.create("http://127.0.0.1:" + ready.group(1));
    publishing = new MediaApi(server, 1);
    for (int i = 0; i < plan.sessions(); i++) {
      publish(folder, "s" + i);
    }
  }

  private static String configuration(String packing) {
    return """
        data: data
        http: { bind: 127.0.0.1, port: 0, offersPerMinute: 1000000 }
        media: { port: 0, handshakeTimeout: 60s, packing: %s, fullAt: 100 }
        sessions: { maxListeners: 50000, maxPeople: 50000 }
        log: { requests: false }
        """
        .formatted(packing);
  }

  private static String programme(Plan plan) {
    StringBuilder text =
        new StringBuilder(
            """
            events:
              - id: bench
                title: { en: Bench }
                sessions:
            """);
    for (int i = 0; i < plan.sessions(); i++) {
      text.append(
          """
                - id: s%d
                  title: { en: Hall }
                  languages: [fr, ja, en]
                  public: true
                  chaired: false
                  recorded: %b
                  booths:
                    - { id: ja, understands: [fr, ja], a: ja, b: fr }
                    - { id: en, understands: [fr, en], a: en, b: fr }
          """
              .formatted(i, plan.recorded()));
    }
    return text.toString();
  }

  private void publish(Path folder, String session) throws IOException {
    List<String> channels = CHANNELS.subList(0, plan.channels());
    channels.forEach(channel -> heard.add(session + "/" + channel));
    Person speaker = Person.of("sp", "sp", Role.SPEAKER, new Scope.OneSession(session));
    String floor = "/whip/" + session + "/floor?language=fr";
    sources.add(
        plan.video()
            ? publishing.publishTo(floor, token(folder, speaker), showsVp8())
            : publishing.publishTo(floor, token(folder, speaker), ClientMedia.speaks(1)));
    for (String language : List.of("ja", "en")) {
      if (channels.contains(language)) {
        Person interpreter =
            Person.interpreter(
                language,
                language,
                new Scope.OneSession(session),
                language,
                List.of("fr", language));
        sources.add(
            publishing.publishTo(
                "/whip/" + session + "/" + language,
                token(folder, interpreter),
                ClientMedia.speaks(1)));
      }
    }
  }

  /** The picture is VP8, and nothing else is offered: the server would rather have H.264. */
  private static ClientMedia showsVp8() {
    ClientMedia any = ClientMedia.shows(1);
    List<String> lines =
        any.lines().stream().filter(line -> !line.contains(":" + ClientMedia.H264 + " ")).toList();
    return new ClientMedia(false, any.direction(), any.ssrc(), lines, List.of(ClientMedia.VP8));
  }

  private static String token(Path folder, Person person) throws IOException {
    Vertx vertx = Vertx.vertx();
    try {
      SigningKey key = SigningKey.inFolder(folder.resolve("data"), new SecureRandom());
      return new Tokens(vertx, key, InstantSource.system()).issue(person, Duration.ofHours(2));
    } finally {
      vertx.close().await();
    }
  }

  @Override
  public String name() {
    return "Kakehashi";
  }

  @Override
  public PinnedProcess process() {
    return process;
  }

  @Override
  public boolean isLite() {
    return true;
  }

  /** Until what it does with its crowd is compiled: the start is not what lasts. */
  @Override
  public int warmUpSeconds() {
    return Stage.variable("FANOUT_WARM", 60);
  }

  @Override
  public int channels() {
    return heard.size();
  }

  @Override
  public void join(Attendee attendee, int channel) {
    offer(attendee, channel);
    attendee.check();
  }

  /** The first half of joining: whoever has the answer comes in by {@link Attendee#check}. */
  void offer(Attendee attendee, int channel) {
    ClientMedia media = plan.video() ? ClientMedia.watches() : ClientMedia.hears();
    String offer =
        ClientOffer.write(
            List.of(media), attendee.credentials(), attendee.identity().fingerprint(), "actpass");
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/whep/" + heard.get(channel % heard.size())))
            .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .header("Content-Type", "application/sdp")
            .POST(BodyPublishers.ofString(offer))
            .build();
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() != 201) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    attendee.connect(ClientAnswer.read(answer.body()));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether nobody is connected but those who send. */
  boolean isEmpty() {
    return publishing.peers() == sources.size();
  }

  /** What it holds now, after a full collection. */
  ServerState state() {
    return ServerState.of(process.pid(), publishing);
  }

  @Override
  public void feed() {
    if (plan.video()) {
      picture.next(packet -> sources.getFirst().client().sendRtp(packet));
      return;
    }
    for (MediaApi.Connection source : sources) {
      ByteBuf packet = StampedPackets.sound(payloadType, number, 1);
      source.client().sendRtp(packet);
    }
    number++;
  }

  @Override
  public void close() {
    http.close();
    publishing.close();
    process.close();
  }
}
