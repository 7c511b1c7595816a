package org.kakehashi.server.bench.alignment;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.atomic.AtomicBoolean;
import org.kakehashi.media.audio.OpusEncoder;
import org.kakehashi.media.audio.OpusSettings;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.server.bench.MediaApi;

/**
 * A microphone that hums, and clicks with the beat. As in a browser, a packet leaves once its last
 * sample was taken, and its timestamp is that of the first sample the encoder was given, though
 * what is decoded from it is older by the encoder's look-ahead (6.5 ms). Sends on a thread of its
 * own until it is closed; the connection is the caller's.
 */
final class Voice implements AutoCloseable {
  private static final int FRAME = 960;

  private final SenderClock clock;
  private final RtpSender rtp;
  private final Hum hum;
  private final AtomicBoolean on = new AtomicBoolean(true);
  private final Thread thread;

  /**
   * @param clicks whether it does, or only hums
   */
  Voice(MediaApi.Connection connection, int ssrc, SenderClock clock, boolean clicks) {
    this.clock = clock;
    hum = new Hum(clock, clicks);
    rtp = new RtpSender(connection, ssrc, ClientMedia.OPUS, clock);
    thread = Thread.ofPlatform().name("voice-" + ssrc).start(this::speak);
  }

  private void speak() {
    try (OpusEncoder encoder =
        new OpusEncoder(OpusSettings.speech().withComplexity(1).withBitrate(48_000))) {
      float[] sound = new float[FRAME];
      long sample = clock.timestamp(clock.beat().now());
      boolean first = true;
      while (on.get()) {
        hum.fill(sound, sample);
        ByteBuf payload = Unpooled.buffer(OpusEncoder.MAX_PACKET);
        encoder.encode(sound, FRAME, payload);
        clock.beat().await(clock.nanos(sample + FRAME));
        rtp.send(payload, sample, first);
        rtp.report(clock.beat().now());
        first = false;
        sample += FRAME;
      }
    }
  }

  @Override
  public void close() {
    on.set(false);
    Threads.join(thread);
  }
}
