package org.kakehashi.media.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers a track's parts and segments, and puts them on disk and into the view that is read.
 *
 * <p>Thread: the recorder's.
 */
final class TrackWriter implements AutoCloseable {
  private final Track track;
  private final TrackFiles files;
  private final LivePlaylistFile playlist;
  private final List<byte[]> inits = new ArrayList<>();
  private long segment;
  private int nextPart;
  private long offset;
  private long bytes;
  private boolean bulk;

  /**
   * @param track what was recorded so far, with whole segments only
   */
  TrackWriter(Track track, RecordingSettings.Sync sync) throws IOException {
    this.track = track;
    this.files = new TrackFiles(track.folder(), sync);
    this.playlist = new LivePlaylistFile(track);
    this.segment = track.snapshot().nextSegment();
    for (int i = 1; i <= track.snapshot().formats().size(); i++) {
      inits.add(track.init(i).orElseThrow(() -> new IOException("An initialisation is missing")));
    }
  }

  /** Where the track ends. */
  long end() {
    return track.snapshot().end();
  }

  /** Bytes written by this writer. */
  long bytes() {
    return bytes;
  }

  /** Whether much is written at once, which the disk need not be waited for. */
  void bulk(boolean much) {
    bulk = much;
  }

  /**
   * The number of an initialisation, written first if it is new.
   *
   * @param format what to tell readers of it
   */
  int init(byte[] init, VideoFormat format) throws IOException {
    for (int i = 0; i < inits.size(); i++) {
      if (Arrays.equals(inits.get(i), init)) {
        return i + 1;
      }
    }
    inits.add(init);
    files.writeInit(inits.size(), init);
    track.addFormat(format);
    return inits.size();
  }

  /** Appends a part to the segment. */
  void part(int init, long start, long duration, boolean independent, byte[] chunk)
      throws IOException {
    Part part = new Part(nextPart, start, duration, offset, chunk.length, independent);
    files.write(new IndexLine(segment, init, part), chunk, !bulk);
    track.add(segment, init, part, chunk);
    nextPart++;
    offset += chunk.length;
    bytes += chunk.length;
  }

  /** Ends the segment, if it has any part; the next part begins another. */
  void closeSegment() throws IOException {
    if (nextPart == 0) {
      return;
    }
    files.closeSegment(!bulk);
    track.closeSegment();
    playlist.append();
    segment++;
    nextPart = 0;
    offset = 0;
  }

  @Override
  public void close() throws IOException {
    try (files;
        playlist) {
      closeSegment();
    }
  }
}
