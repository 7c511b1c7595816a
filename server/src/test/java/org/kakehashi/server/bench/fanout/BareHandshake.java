package org.kakehashi.server.bench.fanout;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.kakehashi.media.webrtc.dtls.DtlsAssociation;
import org.kakehashi.media.webrtc.dtls.DtlsEvents;
import org.kakehashi.media.webrtc.dtls.DtlsFailure;
import org.kakehashi.media.webrtc.dtls.DtlsIdentity;
import org.kakehashi.media.webrtc.sdp.DtlsRole;
import org.kakehashi.media.webrtc.srtp.SrtpKeys;

/**
 * DTLS handshakes in memory, one after the other, and nothing else. {@code BareHandshake SECONDS}
 * prints what one takes a server; both sides do the same arithmetic, so that is half of the
 * process's time, but for what Java's compiler takes.
 */
public final class BareHandshake {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** As long as the joins it is compared with take to be warm. */
  private static final int WARM_SECONDS = 30;

  private BareHandshake() {}

  /** See the class. */
  public static void main(String[] args) {
    DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
    run(identity, WARM_SECONDS);
    long self = ProcessHandle.current().pid();
    ProcessorTime before = ProcessorTime.of(self);
    int count = run(identity, Integer.parseInt(args[0]));
    double millis = ProcessorTime.of(self).since(before).lasting() / 1e3 / count / 2;
    System.out.println("server " + millis + " ms");
  }

  private static int run(DtlsIdentity identity, int seconds) {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    int count = 0;
    for (; System.nanoTime() < end; count++) {
      Semaphore computing = new Semaphore(2);
      Side server = new Side(identity, DtlsRole.PASSIVE, computing);
      Side client = new Side(identity, DtlsRole.ACTIVE, computing);
      server.other = client;
      client.other = server;
      server.association.start();
      client.association.start();
      CompletableFuture.allOf(server.keys, client.keys).join();
      client.association.close();
      server.association.close();
      CompletableFuture.allOf(server.ended, client.ended).join();
    }
    return count;
  }

  private static final class Side implements DtlsEvents {
    final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
    final CompletableFuture<Void> ended = new CompletableFuture<>();
    final DtlsAssociation association;
    volatile Side other;

    Side(DtlsIdentity identity, DtlsRole role, Semaphore computing) {
      association =
          new DtlsAssociation(
              identity, role, List.of(identity.fingerprint()), computing, TIMEOUT, this);
    }

    @Override
    public void send(byte[] datagram) {
      boolean unused = other.association.receive(datagram);
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
    public void ended() {
      ended.complete(null);
    }
  }
}
