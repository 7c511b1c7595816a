package org.kakehashi.server.interop;

import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The process beside the test: {@code LibwebrtcCall SERVER SESSION HERTZ SPEAKER LISTENER}, the
 * last two being tokens, publishes a tone to the floor, listens to the floor with another peer, and
 * prints {@code heard} once that hears it.
 */
final class LibwebrtcCall {
  private static final int RATE = 48_000;
  private static final int CHUNK = RATE / 100;
  private static final double AMPLITUDE = 0.3;
  private static final long PATIENCE_SECONDS = 30;

  private LibwebrtcCall() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    URI server = URI.create(args[0]);
    String session = args[1];
    int hertz = Integer.parseInt(args[2]);
    // Two people: nobody hears their own voice.
    String speaking = args[3];
    String listening = args[4];
    try (var speaker =
            new LibwebrtcPeer(
                new AudioDeviceModule(AudioLayer.kDummyAudio),
                RTCRtpTransceiverDirection.SEND_ONLY,
                server.resolve("/whip/" + session + "/floor?language=fr"),
                speaking);
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor()) {
      Tone tone = new Tone(hertz);
      var playing =
          pace.scheduleAtFixedRate(() -> speaker.push(tone.next()), 0, 10, TimeUnit.MILLISECONDS);
      ToneDetector detector = new ToneDetector(hertz);
      try (var listener =
          new LibwebrtcPeer(
              new HeadlessAudioDeviceModule(),
              RTCRtpTransceiverDirection.RECV_ONLY,
              server.resolve("/whep/" + session + "/floor"),
              listening)) {
        listener.hear(detector);
        detector.found().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).handle((v, e) -> v).join();
        System.out.println(
            (detector.found().isCompletedExceptionally() ? "missed " : "heard ") + detector.last());
      } finally {
        playing.cancel(false);
      }
    }
    System.out.println("ended");
  }

  /** A sine, 10 ms at a time. */
  private static final class Tone {
    private final int hertz;
    private long position;

    Tone(int hertz) {
      this.hertz = hertz;
    }

    byte[] next() {
      ByteBuffer pcm = ByteBuffer.allocate(2 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < CHUNK; i++) {
        double value = AMPLITUDE * Math.sin(2 * Math.PI * hertz * position++ / RATE);
        pcm.putShort((short) Math.round(value * Short.MAX_VALUE));
      }
      return pcm.array();
    }
  }
}
