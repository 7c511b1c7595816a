package org.kakehashi.media.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The playlist in a track's folder while it is recorded: each whole segment is appended to it, so
 * that the folder can be played as it is, whatever happens to the recorder.
 *
 * <p>Thread: the recorder's.
 */
final class LivePlaylistFile implements AutoCloseable {
  /** Its name, in a track's folder and above. */
  static final String NAME = "index.m3u8";

  private final Track track;
  private final MediaPlaylist playlist;
  private final FileChannel file;
  private int written;

  LivePlaylistFile(Track track) throws IOException {
    this.track = track;
    this.playlist = new MediaPlaylist(track, "");
    this.file = TrackFiles.append(track.folder().resolve(NAME));
    file.truncate(0);
    StringBuilder text = new StringBuilder();
    playlist.header(text);
    write(text);
    append();
  }

  /** Appends the segments that have become whole. */
  void append() throws IOException {
    List<Segment> segments = track.snapshot().segments();
    StringBuilder text = new StringBuilder();
    for (; written < segments.size(); written++) {
      playlist.segment(text, segments, written);
    }
    write(text);
  }

  private void write(CharSequence text) throws IOException {
    TrackFiles.write(file, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
