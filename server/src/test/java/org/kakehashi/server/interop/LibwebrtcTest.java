package org.kakehashi.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kakehashi.server.Node;
import org.kakehashi.server.bench.Venue;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.live.LiveSession;
import org.kakehashi.server.programme.ProgrammeReader;

/** Google's WebRTC library speaks to a real server, and hears itself through it. */
class LibwebrtcTest {
  private static final int HERTZ = 997;
  private static final long PATIENCE_SECONDS = 150;

  @Test
  void publishesATonePeersHear(@TempDir Path folder) throws Exception {
    Venue venue = Venue.in(folder);
    Node.Plan plan = new Node.Plan(new ProgrammeReader().read(venue.programme()), List.of(), null);
    try (Node node = new Node(Configuration.read(venue.configuration(), Map.of()), plan)) {
      Path output = folder.resolve("libwebrtc.log");
      Process call =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LibwebrtcCall.class.getName(),
                  "http://127.0.0.1:" + node.httpPort(),
                  Venue.SESSION,
                  Integer.toString(HERTZ),
                  venue.speaker("speaker"),
                  venue.interpreter("listener"))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = call.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      call.destroyForcibly();
      assertThat(Files.readString(output)).contains("heard", "ended");
      assertThat(ended).as("ended by itself").isTrue();
      assertThat(call.exitValue()).isZero();
      assertThat(node.sessions().all()).allSatisfy(s -> assertThat(listeners(s)).isZero());
    }
  }

  private static int listeners(LiveSession session) {
    return session.routing().channels().stream().mapToInt(route -> route.listeners()).sum();
  }
}
