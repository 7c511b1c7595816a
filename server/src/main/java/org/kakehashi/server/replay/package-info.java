/**
 * Recordings as people meet them: which there are, who may see them, chapters, captions, publishing
 * and trimming. What is recorded, and how it is played, is {@code media.recording}.
 *
 * <pre>
 *   live session ─▶ SessionRecorder ─▶ RecordingCatalogue ─▶ Recorded ─▶ HLS, downloads, export
 *                                            ▲                  │
 *            recording.json, journal.jsonl ──┘                  └─▶ RecordingView: chapters, timeline
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.replay;
