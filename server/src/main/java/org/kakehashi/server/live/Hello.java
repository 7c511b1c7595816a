package org.kakehashi.server.live;

import org.jspecify.annotations.Nullable;
import org.kakehashi.server.people.Page;

/**
 * The first message of a session socket.
 *
 * @param token who joins; null for a guest
 * @param page which page they have open
 */
public record Hello(@Nullable String token, Page page) {}
