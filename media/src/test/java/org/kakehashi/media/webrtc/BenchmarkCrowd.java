package org.kakehashi.media.webrtc;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;

/**
 * Listeners on one loop, for benchmarks: real ones that have done ICE and DTLS, and then read no
 * more, which is not what is measured.
 */
final class BenchmarkCrowd {
  private final PortFixture fixture =
      new PortFixture(
          config ->
              config
                  .withLoops(1)
                  .withPacking(Packing.NEVER)
                  .withTimeouts(
                      new WebRtcConfig.Timeouts(
                          Duration.ofMinutes(1),
                          Duration.ofMinutes(1),
                          Duration.ofHours(1),
                          Duration.ofMinutes(1))));
  private final List<OutgoingTrack> tracks = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  BenchmarkCrowd(int listeners, ClientMedia media) throws Exception {
    for (int i = 0; i < listeners; i++) {
      WebRtcClient client = fixture.client(media).withChecksEvery(0);
      Peer peer = fixture.listener(client);
      PortFixture.connect(client, peer);
      tracks.add(peer.outgoing().getFirst());
    }
  }

  MediaClock clock() {
    return fixture.clock;
  }

  /** Everybody listens to this, and their own threads rest from now on. */
  void listen(Feed feed) throws InterruptedException {
    tracks.forEach(track -> track.listen(feed));
    run(() -> {}); // Behind the others on the loop.
    fixture.group.forEach(reading -> reading.execute(this::rest));
  }

  private void rest() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs {@code burst} on the loop, and waits for it and all that it left to be done there. */
  void run(Runnable burst) throws InterruptedException {
    EventExecutor loop = tracks.getFirst().loop();
    loop.submit(burst).sync();
    loop.submit(() -> {}).sync();
  }

  /** Says goodbye, once JMH has counted: to it this is a part of the last iteration. */
  void leave(Runnable then) {
    CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS)
        .execute(
            () -> {
              over.countDown();
              fixture.close();
              then.run();
            });
  }
}
