package org.kakehashi.media.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsTimeoutException;
import org.kakehashi.media.webrtc.sdp.DtlsRole;
import org.kakehashi.media.webrtc.sdp.Fingerprint;

/**
 * One DTLS association: the handshake, then whatever comes until one side says goodbye. Runs on a
 * virtual thread of its own; {@link #receive} and {@link #close} are called from any thread.
 */
public final class DtlsAssociation {
  /** How long a wait for the next record may last; only bounds a single wait. */
  private static final int WAIT_MILLIS = 60_000;

  private final DtlsEvents events;
  private final QueuedTransport transport;
  private final Semaphore computing;
  private final DtlsTerms terms;
  private final DtlsRole role;
  private volatile boolean closing;

  /**
   * @param role our part in the handshake
   * @param expected the fingerprints of the certificate the other side announced
   * @param computing one permit for each handshake that may be computed at once
   * @param timeout how long the handshake may take
   */
  public DtlsAssociation(
      DtlsIdentity identity,
      DtlsRole role,
      List<Fingerprint> expected,
      Semaphore computing,
      Duration timeout,
      DtlsEvents events) {
    this.events = events;
    this.computing = computing;
    this.role = role;
    this.terms = new DtlsTerms(identity, expected, timeout);
    this.transport = new QueuedTransport(events::send, computing);
  }

  /** Starts its thread. Once. */
  public void start() {
    Thread.ofVirtual().name("dtls").start(this::run);
  }

  /**
   * Takes a datagram from the other side.
   *
   * @param datagram not to be changed afterwards
   * @return whether it was well formed and there was room for it
   */
  public boolean receive(byte[] datagram) {
    return DtlsRecords.wellFormed(datagram) && transport.offer(datagram);
  }

  /** Says goodbye and ends; {@link DtlsEvents#ended} follows. Harmless if it has ended. */
  public void close() {
    closing = true;
    transport.wake();
  }

  private void run() {
    computing.acquireUninterruptibly();
    try {
      DTLSTransport secured = handshake();
      if (secured != null) {
        events.secured(terms.keys());
        listen(secured);
      }
    } finally {
      computing.release();
      events.ended();
    }
  }

  private @org.jspecify.annotations.Nullable DTLSTransport handshake() {
    try {
      return switch (role) {
        case PASSIVE -> new DTLSServerProtocol().accept(new DtlsServer(terms), transport);
        case ACTIVE -> new DTLSClientProtocol().connect(new DtlsClient(terms), transport);
      };
    } catch (TlsTimeoutException late) {
      fail(DtlsFailure.TIMEOUT);
    } catch (IOException | RuntimeException failed) {
      // Whatever the other side did wrong is told by its alert; here it is only counted.
      fail(terms.mismatched() ? DtlsFailure.FINGERPRINT : DtlsFailure.HANDSHAKE);
    }
    return null;
  }

  private void fail(DtlsFailure why) {
    if (!closing) {
      events.failed(why);
    }
  }

  /** Goes on receiving: last flights are asked for again, and goodbyes come. */
  private void listen(DTLSTransport secured) {
    byte[] ignored = new byte[2_048];
    try {
      while (!closing && !terms.ended()) {
        int unused = secured.receive(ignored, 0, ignored.length, WAIT_MILLIS);
      }
    } catch (InterruptedIOException woken) {
      // By close().
    } catch (IOException | RuntimeException over) {
      // A fatal alert, or the transport was closed beneath: over either way.
    }
    try {
      secured.close();
    } catch (IOException | RuntimeException alreadyClosed) {
      // There is nobody left to tell.
    }
    if (!closing) {
      events.goodbye();
    }
  }
}
