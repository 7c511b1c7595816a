/**
 * Where documents and journals are kept: what happened in a session, and when, survives the server.
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.store;
