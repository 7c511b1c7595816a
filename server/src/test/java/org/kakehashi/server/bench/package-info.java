/**
 * Measures a running server from outside, with a load client of its own.
 *
 * <pre>
 *   Bench ─▶ ServerProcess (or a Node in this JVM) serving a Venue
 *     Forwarding, Mixing, Crowd ─▶ MediaApi (WHIP, WHEP) ─▶ Microphone… Listener…
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.bench;
