package org.kakehashi.server.programme;

import java.time.Instant;

/**
 * A point of a session's agenda: a chapter of its recording.
 *
 * @param startsAt when it is announced to start
 */
public record AgendaItem(LocalText title, Instant startsAt) {}
