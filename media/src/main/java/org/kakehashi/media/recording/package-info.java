/**
 * The recording of a session, which is also its live stream: every channel and the pictures as
 * segments on disk, on one timeline, from the first second to the last.
 *
 * <pre>
 *   Channel, Picture ─▶ Recorder ─▶ AudioTrack, VideoTrack ─▶ TrackWriter ─▶ files, Track ─▶ Recording ─▶ Playlists, Mp4Download
 * </pre>
 *
 * <p>Times of a recording are ticks of 1/48000 s since its first moment, the same for all tracks.
 * Media times inside the segments are one second later, so that none is negative.
 */
package org.kakehashi.media.recording;
