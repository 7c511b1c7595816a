package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.rtp.RtpPacket;
import org.kakehashi.media.webrtc.dtls.DtlsAssociation;
import org.kakehashi.media.webrtc.dtls.DtlsEvents;
import org.kakehashi.media.webrtc.dtls.DtlsFailure;
import org.kakehashi.media.webrtc.dtls.DtlsIdentity;
import org.kakehashi.media.webrtc.ice.StunIntegrity;
import org.kakehashi.media.webrtc.ice.StunRequest;
import org.kakehashi.media.webrtc.ice.StunResponses;
import org.kakehashi.media.webrtc.sdp.DtlsRole;
import org.kakehashi.media.webrtc.srtp.Opened;
import org.kakehashi.media.webrtc.srtp.PacketBuffer;
import org.kakehashi.media.webrtc.srtp.SrtpKeys;
import org.kakehashi.media.webrtc.srtp.SrtpReceiver;
import org.kakehashi.media.webrtc.srtp.SrtpSender;

/**
 * Goes once through everything a first peer would otherwise wait a second or more for: a check, a
 * handshake with ourselves, a packet protected and opened. Shows, too, that this machine can do it.
 */
final class WarmUp {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String PASSWORD = "warm-up-warm-up-warm-up";

  private WarmUp() {}

  /**
   * Runs it.
   *
   * @throws MediaPortException if something does not work here
   */
  static void run(DtlsIdentity identity) {
    try {
      check();
      handshake(identity);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new MediaPortException("The media port was interrupted as it started.", interrupted);
    } catch (ExecutionException | TimeoutException | RuntimeException failed) {
      throw new MediaPortException(
          "DTLS or SRTP does not work on this machine: " + failed.getMessage(), failed);
    }
  }

  private static void check() {
    byte[] request = new byte[20];
    Unpooled.wrappedBuffer(request).setShort(0, 1).setInt(4, 0x2112A442);
    byte[] signed = StunIntegrity.fingerprint(StunIntegrity.sign(request, PASSWORD));
    StunRequest read = StunRequest.read(signed).orElseThrow();
    InetSocketAddress source = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    byte[] success = StunResponses.success(read.transactionId(), source, PASSWORD);
    byte[] refusal = StunResponses.error(read.transactionId(), StunResponses.UNAUTHENTICATED);
    if (!read.signedWith(PASSWORD) || read.check().isEmpty() || success.length == refusal.length) {
      throw new IllegalStateException("a check was not understood");
    }
  }

  private static void handshake(DtlsIdentity identity)
      throws InterruptedException, ExecutionException, TimeoutException {
    Semaphore computing = new Semaphore(2);
    Side server = new Side(identity, DtlsRole.PASSIVE, computing);
    Side client = new Side(identity, DtlsRole.ACTIVE, computing);
    server.join(client);
    client.join(server);
    server.association.start();
    client.association.start();
    SrtpKeys serverKeys = server.keys.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    SrtpKeys clientKeys = client.keys.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    packet(serverKeys, clientKeys);
    client.association.close();
    server.association.close();
  }

  private static void packet(SrtpKeys from, SrtpKeys to) {
    ByteBuf packet = Unpooled.directBuffer(256);
    RtpPacket.writeHeader(packet, false, false, 111, 1, 1, 1);
    packet.writeZero(100);
    try (SrtpSender sender = new SrtpSender(from)) {
      boolean sent = sender.protectRtp(packet, 1);
      PacketBuffer view = new PacketBuffer();
      view.view(Unpooled.copiedBuffer(packet));
      if (!sent || new SrtpReceiver(to).openRtp(view) != Opened.PLAIN) {
        throw new IllegalStateException("a protected packet could not be opened");
      }
    } finally {
      packet.release();
    }
  }

  /** One of the two ends of the handshake. */
  private static final class Side implements DtlsEvents {
    final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
    final DtlsAssociation association;
    private volatile @Nullable Side other;

    Side(DtlsIdentity identity, DtlsRole role, Semaphore computing) {
      association =
          new DtlsAssociation(
              identity, role, List.of(identity.fingerprint()), computing, TIMEOUT, this);
    }

    void join(Side side) {
      other = side;
    }

    @Override
    public void send(byte[] datagram) {
      Side receiver = other;
      if (receiver != null) {
        receiver.association.receive(datagram);
      }
    }

    @Override
    public void secured(SrtpKeys secured) {
      keys.complete(secured);
    }

    @Override
    public void failed(DtlsFailure why) {
      keys.completeExceptionally(new IllegalStateException("DTLS failed: " + why));
    }

    @Override
    public void goodbye() {}

    @Override
    public void ended() {}
  }
}
