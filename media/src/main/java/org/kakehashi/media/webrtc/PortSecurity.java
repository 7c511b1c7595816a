package org.kakehashi.media.webrtc;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.kakehashi.media.webrtc.dtls.DtlsIdentity;

/**
 * What all peers of a port share to be secure.
 *
 * @param identity our certificate
 * @param computing one permit for each handshake that may be computed at once
 * @param handshakeTimeout how long a handshake may take
 * @param refusals limits the answers to checks that are not authentic
 */
record PortSecurity(
    DtlsIdentity identity, Semaphore computing, Duration handshakeTimeout, RateLimit refusals) {}
