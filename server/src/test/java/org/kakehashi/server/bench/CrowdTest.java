package org.kakehashi.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kakehashi.server.Node;
import org.kakehashi.server.config.Configuration;
import org.kakehashi.server.programme.ProgrammeReader;

/** A small crowd hears everything and leaves nothing behind; {@code make bench} has a large one. */
class CrowdTest {
  private static final int LISTENERS = 40;
  private static final int TWO_SECONDS = 100;

  @Test
  void aCrowdHearsEveryPacketAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
    Venue venue = Venue.in(folder);
    Node.Plan plan = new Node.Plan(new ProgrammeReader().read(venue.programme()), List.of(), null);
    int sockets = ClientSockets.open().size();
    try (LeakWatch watch = new LeakWatch()) {
      try (Node node = new Node(Configuration.read(venue.configuration(), Map.of()), plan);
          MediaApi api = new MediaApi(URI.create("http://127.0.0.1:" + node.httpPort()), 1)) {
        hear(api, venue);
        Wait.until("no peer is left", () -> Metrics.of(api).sum("kakehashi_media_peers") == 0);
        assertThat(Metrics.of(api).sum("kakehashi_listeners")).isZero();
      }
      Wait.until("all sockets are closed", () -> ClientSockets.open().size() <= sockets);
      assertThat(watch.leaks()).isEmpty();
    }
  }

  private static void hear(MediaApi api, Venue venue) {
    try (OnAir onAir = new OnAir(api, venue)) {
      Crowd crowd = new Crowd(api, LISTENERS);
      crowd.come();
      assertThat(Metrics.of(api).sum("kakehashi_listeners")).isEqualTo(LISTENERS);
      crowd.restart();
      List<Listener> all = crowd.listeners();
      long dropsBefore = ClientSockets.drops();
      Wait.until("two seconds", () -> all.stream().allMatch(each -> each.heard() >= TWO_SECONDS));
      onAir.stop();
      int last = onAir.sent() - 1;
      Wait.until("the last packet", () -> all.stream().allMatch(each -> each.last() == last));
      long missing = all.stream().mapToLong(Listener::missing).sum();
      assertThat(missing).isEqualTo(ClientSockets.drops() - dropsBefore);
      assertThat(all).allSatisfy(each -> assertThat(each.repeated()).isZero());
      crowd.leave();
    }
  }
}
