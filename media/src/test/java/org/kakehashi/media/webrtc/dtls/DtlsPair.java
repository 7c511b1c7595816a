package org.kakehashi.media.webrtc.dtls;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.sdp.DtlsRole;
import org.kakehashi.media.webrtc.sdp.Fingerprint;
import org.kakehashi.media.webrtc.srtp.SrtpKeys;

/** Two associations that talk to each other, over a line that may lose datagrams. */
final class DtlsPair {
  final DtlsIdentity serverIdentity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
  final DtlsIdentity clientIdentity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
  final Semaphore computing = new Semaphore(2);
  final Side server;
  final Side client;

  DtlsPair() {
    this(null, Duration.ofSeconds(30));
  }

  /**
   * @param announced the fingerprint the server expects; null for the right one
   */
  DtlsPair(@Nullable Fingerprint announced, Duration timeout) {
    Fingerprint expected = announced == null ? clientIdentity.fingerprint() : announced;
    server = new Side(serverIdentity, DtlsRole.PASSIVE, expected, computing, timeout);
    client =
        new Side(clientIdentity, DtlsRole.ACTIVE, serverIdentity.fingerprint(), computing, timeout);
    server.toOther = client.association::receive;
    client.toOther = server.association::receive;
  }

  void start() {
    server.association.start();
    client.association.start();
  }

  /** What the server says in the end is lost, unless it says so again after it is secured. */
  void loseLastFlight() {
    server.arrives =
        datagram -> server.keys.isDone() || !changesCipher(datagram) && !isProtected(datagram);
  }

  private static boolean changesCipher(byte[] record) {
    return record[0] == 20;
  }

  static boolean isProtected(byte[] record) {
    return record[4] == 1; // The epoch.
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  static final class Side implements DtlsEvents {
    final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
    final CompletableFuture<DtlsFailure> failure = new CompletableFuture<>();
    final CompletableFuture<Void> goodbye = new CompletableFuture<>();
    final CompletableFuture<Void> ended = new CompletableFuture<>();
    final DtlsAssociation association;
    volatile Predicate<byte[]> arrives = datagram -> true;
    volatile Predicate<byte[]> toOther = datagram -> false;

    Side(
        DtlsIdentity identity,
        DtlsRole role,
        Fingerprint expected,
        Semaphore computing,
        Duration timeout) {
      association =
          new DtlsAssociation(identity, role, List.of(expected), computing, timeout, this);
    }

    @Override
    public void send(byte[] datagram) {
      if (arrives.test(datagram)) {
        boolean unused = toOther.test(datagram);
      }
    }

    @Override
    public void secured(SrtpKeys secured) {
      keys.complete(secured);
    }

    @Override
    public void failed(DtlsFailure why) {
      failure.complete(why);
    }

    @Override
    public void goodbye() {
      goodbye.complete(null);
    }

    @Override
    public void ended() {
      ended.complete(null);
    }
  }
}
