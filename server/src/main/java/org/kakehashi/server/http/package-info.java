/**
 * Routes and sockets; thin. What a request may do is decided here by its token and its form, what
 * it does is done by {@code live}.
 *
 * <pre>
 *   HTTP ─▶ Caller ─▶ AddressRateLimit ─▶ Endpoint ─▶ Access ─▶ LiveSession
 *              │                                         │
 *              └── whose address it is                   └── who, by token; else a Problem ─▶ ProblemAnswers
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.http;
