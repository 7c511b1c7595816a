package org.kakehashi.media.webrtc;

import java.util.Locale;

/**
 * Where a peer is in its life.
 *
 * <pre>
 *                 authenticated check        DTLS done, keys known
 *   Awaiting ────────────────────────▶ Securing ──────────────────▶ Connected
 *      │ no check in 30 s                 │ no handshake in 15 s        │ no check in 30 s
 *      │ closed                           │ handshake failed            │ close_notify
 *      ▼                                  ▼ closed                      ▼ closed
 *      └────────────────────────────────▶ Closed ◀─────────────────────┘
 * </pre>
 *
 * <p>A peer only ever moves along an arrow; {@link Closed} is for good. An ICE restart changes no
 * state: media goes on over the old path until a check arrives on a new one.
 */
public sealed interface PeerState {
  /** The answer is given; no authenticated check has come yet. */
  record Awaiting(long sinceNanos) implements PeerState {}

  /** The peer's address is known; DTLS is under way. */
  record Securing(long sinceNanos) implements PeerState {}

  /** Media flows. */
  record Connected(long sinceNanos) implements PeerState {}

  /** Everything the peer held is released. */
  record Closed(CloseReason why) implements PeerState {}

  /** For metrics: the state's name in lower case. */
  default String label() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
