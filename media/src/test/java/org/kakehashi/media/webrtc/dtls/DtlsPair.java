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
    server.other = client;
    client.other = server;
  }

  void start() {
    server.association.start();
    client.association.start();
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
    volatile @Nullable Side other;

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
      Side receiver = other;
      if (receiver != null && arrives.test(datagram)) {
        boolean unused = receiver.association.receive(datagram);
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
