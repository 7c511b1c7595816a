package org.kakehashi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where as many wait, or download, as are allowed: whoever comes next is told when to come back.
 */
class RefusalsTest {
  private static final int ROUNDS = 50;

  @TempDir Path folder;

  @Test
  void onlySoManyPlayersWaitAtOnce() {
    try (Hall hall = new Hall(folder, "maxWaiting: 1, ")) {
      hall.playlist("floor", 1, 0);
      // All ask for a segment that has only begun: one of them waits for it.
      HttpResponse<String> refused =
          refusedAmong(() -> hall.later("/hls/plenary/floor/index.m3u8?_HLS_msn=" + open(hall)));
      assertThat(refused.body()).contains("/problems/at-capacity", "come back in 2 s");
      assertThat(refused.headers().firstValue("Retry-After")).contains("2");
      assertThat(hall.get("/hls/plenary/floor/index.m3u8").statusCode())
          .as("who does not wait is served")
          .isEqualTo(200);
      hall.playlist("floor", 2, 0); // There is room again.
    }
  }

  @Test
  void onlySoManyDownloadsRunAtOnce() {
    try (Hall hall = new Hall(folder, "maxDownloads: 1, ")) {
      hall.playlist("picture", 2, 0);
      hall.stop();
      hall.over("plenary");
      hall.start();
      String download = "/api/recordings/plenary/download.mp4";
      HttpResponse<String> refused = refusedAmong(() -> hall.later(download));
      assertThat(refused.body()).contains("/problems/at-capacity");
      assertThat(refused.headers().firstValue("Retry-After")).contains("30");
      assertThat(refused.headers().firstValue("Content-Disposition")).isEmpty();
      assertThat(hall.get(download).statusCode()).as("there is room again").isEqualTo(200);
    }
  }

  /** The segment of the floor that grows now, by the hint at the next part. */
  private static String open(Hall hall) {
    Matcher hint =
        Pattern.compile("URI=\"(\\d+)\\.\\d+\\.m4s")
            .matcher(
                hall.get("/hls/plenary/floor/index.m3u8").body().replaceAll("(?s).*PRELOAD", ""));
    assertThat(hint.find()).isTrue();
    return hint.group(1);
  }

  private interface Asks {
    CompletableFuture<HttpResponse<String>> again();
  }

  /** Asks many times at once until one of them is refused; all others are answered. */
  private static HttpResponse<String> refusedAmong(Asks asks) {
    for (int round = 0; round < ROUNDS; round++) {
      List<HttpResponse<String>> answers =
          Stream.generate(asks::again).limit(8).toList().stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(answers).extracting(HttpResponse::statusCode).contains(200);
      for (HttpResponse<String> answer : answers) {
        if (answer.statusCode() != 200) {
          assertThat(answer.statusCode()).isEqualTo(503);
          return answer;
        }
      }
    }
    throw new AssertionError("Nobody was refused");
  }
}
