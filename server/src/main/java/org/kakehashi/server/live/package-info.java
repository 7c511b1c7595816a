/**
 * A running session: who takes part, who is on stage and in the booths, and what everybody hears.
 *
 * <pre>
 *   http ──▶ LiveSession ──(one thread a session)──▶ stage, booths, listeners
 *                                                     │ state
 *                                                     ▼
 *                       Switchboard ──▶ routing table ──▶ channels, sockets, journal
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.live;
