/**
 * What can go wrong for a client, each kind under a stable name (RFC 9457). Thrown where it is
 * found, turned into a problem document once, at the edge. Imports no other package of the server.
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.problem;
