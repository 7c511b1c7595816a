/**
 * Sound and picture that come from somewhere other than a browser: a file played on stage. Its
 * packets are paced on the session's clock and published into {@code channel.Source}s.
 *
 * <pre>
 *   MediaFile ──▶ Lane (copy, or decode · filter · encode) ──▶ Lookahead ──▶ FilePlayer ──▶ Source
 * </pre>
 */
package org.kakehashi.media.ingest;
