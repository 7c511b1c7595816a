package org.kakehashi.server.bench.alignment;

import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.server.bench.MediaApi;
import org.kakehashi.server.bench.Venue;

/** A speaker as a browser is one, with the project's own endpoint. */
final class OwnSpeaker implements Speaker {
  private static final int SOUND = 1;
  private static final int PICTURE = 2;

  /** The camera's crystal is another than the sound card's. */
  private static final double CAMERA_PPM = -40;

  private final MediaApi.Connection connection;
  private final Voice voice;
  private final Camera camera;

  OwnSpeaker(MediaApi api, String token, SenderClock clock, Camera.Size size) {
    connection =
        api.publishTo(
            "/whip/" + Venue.SESSION + "/floor?language=en",
            token,
            ClientMedia.speaks(SOUND),
            ClientMedia.shows(PICTURE));
    voice = new Voice(connection, SOUND, clock, true);
    camera = new Camera(connection, PICTURE, clock.camera(CAMERA_PPM), size);
  }

  @Override
  public void resize(Camera.Size size) {
    camera.resize(size);
  }

  @Override
  public void close() {
    camera.close();
    voice.close();
    connection.close();
  }
}
