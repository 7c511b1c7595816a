package org.kakehashi.server.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much later a forwarded packet arrives than if nobody were between: through the server, and by
 * a bare echo in between, so that both meet the same machine.
 *
 * @param listeners how many hear the one microphone
 * @param seconds how long
 */
record Forwarding(int listeners, int seconds) {
  private static final int SSRC = 1;
  private static final int WARM_UP = 250;

  Result run(MediaApi api, Venue venue) {
    List<Listener> heard = new ArrayList<>();
    List<MediaApi.Connection> open = new ArrayList<>();
    try (UdpEcho echo = new UdpEcho()) {
      MediaApi.Connection speaker =
          api.publish("floor?language=fr", venue.speaker("forwarding"), SSRC);
      open.add(speaker);
      for (int i = 0; i < listeners; i++) {
        Listener listener = new Listener();
        heard.add(listener);
        open.add(api.listen("floor", listener::hear));
      }
      Microphone microphone = new Microphone(speaker, SSRC);
      Duration half = Microphone.FRAME.dividedBy(2);
      Pace.every(half, 2 * WARM_UP, i -> alternate(i, microphone, echo));
      heard.forEach(Listener::restart);
      echo.restart();
      Pace.every(half, seconds * 100, i -> alternate(i, microphone, echo));
      Wait.until("the last packet", () -> arrived(heard, microphone.sent()));
      return result(Delays.merged(heard.stream().map(Listener::delays).toList()), echo.delays());
    } finally {
      open.reversed().forEach(MediaApi.Connection::close);
    }
  }

  private static void alternate(int i, Microphone microphone, UdpEcho echo) {
    if (i % 2 == 0) {
      microphone.stamp();
    } else {
      echo.send();
    }
  }

  private static boolean arrived(List<Listener> heard, int sent) {
    return heard.stream().allMatch(listener -> listener.last() == sent - 1);
  }

  private Result result(Delays server, Delays echo) {
    Map<String, Double> added =
        Map.of(
            "p50", server.millis(0.5) - echo.millis(0.5),
            "p99", server.millis(0.99) - echo.millis(0.99));
    return new Result(
        "forwarding",
        List.of(
            new Result.Row("packet, microphone to listener, through the server", server.toString()),
            new Result.Row("the same way and back by a bare UDP echo", echo.toString()),
            new Result.Row(
                "added by server and encryption on both sides",
                String.format(
                    Locale.ROOT, "p50 %.2f ms, p99 %.2f", added.get("p50"), added.get("p99")))),
        Map.of(
            "unit",
            "ms",
            "listeners",
            listeners,
            "seconds",
            seconds,
            "server",
            server.json(),
            "echo",
            echo.json(),
            "added",
            added),
        List.of());
  }
}
