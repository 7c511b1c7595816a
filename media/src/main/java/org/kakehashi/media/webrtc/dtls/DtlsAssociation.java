package org.kakehashi.media.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsTimeoutException;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.sdp.DtlsRole;
import org.kakehashi.media.webrtc.sdp.Fingerprint;

/**
 * One DTLS association: the handshake, then whatever comes until one side says goodbye. It has a
 * virtual thread while it shakes hands, and again whenever something has come or is to be said; in
 * between, which is nearly always, it is nothing but its state. All methods are for any thread.
 */
public final class DtlsAssociation {
  /**
   * How long the handshake's last flight is kept, in case the other side asks for it again (RFC
   * 6347 §4.2.4: twice the longest life of a segment), and a second. Then {@link #tidy} lets it go.
   */
  public static final Duration LAST_FLIGHT = Duration.ofSeconds(241);

  /** Any time will do: once the handshake is over the transport does not wait for records. */
  private static final int LOOK_MILLIS = 60_000;

  private final DtlsEvents events;
  private final QueuedTransport transport;
  private final Semaphore computing;
  private final DtlsTerms terms;
  private final DtlsRole role;

  /** Whether a thread is at work on it. */
  private final AtomicBoolean working = new AtomicBoolean(true);

  /** What the handshake has agreed. Of the thread that is at work. */
  private @Nullable DTLSTransport secured;

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
    this.transport = new QueuedTransport(events::send, events::rests, computing);
  }

  /** Starts the handshake. Once. */
  public void start() {
    spawn();
  }

  /**
   * Takes a datagram from the other side.
   *
   * @param datagram not to be changed afterwards
   * @return whether it was well formed and there was room for it
   */
  public boolean receive(byte[] datagram) {
    boolean taken = DtlsRecords.wellFormed(datagram) && transport.offer(datagram);
    if (taken) {
      work();
    }
    return taken;
  }

  /**
   * Lets go of what is not needed any more, {@link #LAST_FLIGHT} after the handshake by the wall
   * clock. Harmless at any time.
   */
  public void tidy() {
    work();
  }

  /** Says goodbye and ends; {@link DtlsEvents#ended} follows. Harmless if it has ended. */
  public void close() {
    closing = true;
    transport.wake();
    work();
  }

  /** Sees to it that what has come is looked at: by a new thread if none is at work. */
  private void work() {
    if (working.compareAndSet(false, true)) {
      spawn();
    }
  }

  private void spawn() {
    boolean started = false;
    try {
      Thread.ofVirtual().name("dtls").start(this::turn);
      started = true;
    } finally {
      if (!started) {
        working.set(false); // So that whatever comes next may try again.
      }
    }
  }

  /** Does what there is to do. */
  private void turn() {
    computing.acquireUninterruptibly();
    boolean over = true;
    try {
      over = advance();
    } finally {
      computing.release();
      if (over) {
        transport.close();
        events.ended(); // And nobody works on it again.
        events.rests();
      } else {
        events.rests();
        rest();
      }
    }
  }

  /** Leaves it to the next to come; whoever came just now may have found us still at work. */
  private void rest() {
    working.set(false);
    if (closing || !transport.isEmpty()) {
      work();
    }
  }

  /** Returns whether it is over. */
  private boolean advance() {
    DTLSTransport agreed = secured;
    if (agreed == null) {
      agreed = handshake();
      if (agreed == null) {
        return true;
      }
      secured = agreed;
      transport.stopWaiting();
      events.secured(terms.keys());
    }
    boolean over = look(agreed);
    if (over) {
      end(agreed);
    }
    return over;
  }

  private @Nullable DTLSTransport handshake() {
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

  /**
   * Takes what has come: the other side asks for our last flight again, or says goodbye. Only the
   * transport knows when nothing is left, as BouncyCastle keeps further records of a datagram.
   *
   * @return whether it is over
   */
  private boolean look(DTLSTransport with) {
    byte[] ignored = new byte[QueuedTransport.MAX_DATAGRAM];
    try {
      while (!closing && !terms.ended()) {
        int unused = with.receive(ignored, 0, ignored.length, LOOK_MILLIS);
      }
      return true;
    } catch (InterruptedIOException nothingMore) {
      return closing || terms.ended() || transport.isClosed();
    } catch (IOException | RuntimeException failed) {
      return true; // A fatal alert.
    }
  }

  private void end(DTLSTransport with) {
    try {
      with.close();
    } catch (IOException | RuntimeException alreadyClosed) {
      // There is nobody left to tell.
    }
    if (!closing) {
      events.goodbye();
    }
  }
}
