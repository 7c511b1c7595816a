package org.kakehashi.server.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.kakehashi.media.rtp.RtpPacket;
import org.kakehashi.media.webrtc.client.ClientMedia;

/** Sends packets of 20 ms through a connection. One thread. */
final class Microphone {
  static final Duration FRAME = Duration.ofMillis(20);
  private static final int SAMPLES = 960;

  private final MediaApi.Connection connection;
  private final int ssrc;
  private int number;

  Microphone(MediaApi.Connection connection, int ssrc) {
    this.connection = connection;
    this.ssrc = ssrc;
  }

  /** Sends the next packet, stamped with its number and the time now. */
  void stamp() {
    ByteBuf packet = next();
    new Stamp(number - 1, System.nanoTime()).write(packet);
    connection.client().sendRtp(packet);
  }

  /** Sends the next packet with this payload, which is copied. */
  void send(ByteBuf payload) {
    connection.client().sendRtp(next().writeBytes(payload));
  }

  /** How many packets were sent. */
  int sent() {
    return number;
  }

  private ByteBuf next() {
    ByteBuf packet = Unpooled.buffer(256);
    RtpPacket.writeHeader(
        packet, false, number == 0, ClientMedia.OPUS, number & 0xFFFF, number * SAMPLES, ssrc);
    number++;
    return packet;
  }
}
