package org.kakehashi.server.store;

import java.time.Instant;

/**
 * One line of a journal.
 *
 * @param ticks when, on the session's media clock (1/48000 s since the last {@code started})
 * @param at when, by the wall clock
 */
public record JournalEntry(long ticks, Instant at, JournalEvent event) {}
