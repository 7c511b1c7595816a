package org.kakehashi.server.live;

import java.util.List;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.server.store.JournalEvent;

/**
 * Sends everybody away and ends the recording: the session is over, or the server stops. Thread:
 * the session's.
 */
final class Closing {
  private static final int ENDED = 4410;
  private static final int GOING_AWAY = 1001;

  private final Room room;
  private final Sockets sockets;
  private final FilePlayback files;
  private final Connections connections;
  private final RecordingWatch recording;

  Closing(
      Room room,
      Sockets sockets,
      FilePlayback files,
      Connections connections,
      RecordingWatch recording) {
    this.room = room;
    this.sockets = sockets;
    this.files = files;
    this.connections = connections;
    this.recording = recording;
  }

  /** The session is over. */
  void over() {
    room.journal().write(new JournalEvent.Over());
    everybody(CloseReason.SESSION_ENDED, ENDED, "The session has ended");
    recording.over();
  }

  /** The server stops; they come back when it is there again. */
  void shutdown() {
    everybody(CloseReason.SHUTDOWN, GOING_AWAY, "The server is going away");
    recording.close();
    room.media().close();
    room.journal().write(new JournalEvent.Closed());
    room.journal().close();
  }

  private void everybody(CloseReason why, int code, String reason) {
    for (MediaConnection connection : List.copyOf(room.connections().values())) {
      connection.end(why);
      connections.closed(connection, why);
    }
    for (StageSource source : List.copyOf(room.stage().sources())) {
      source.publication().end(why);
      room.stage().remove(source);
    }
    for (Booth booth : room.booths().all()) {
      for (Seat seat : List.copyOf(booth.seats())) {
        seat.publication().ifPresent(own -> own.end(why));
        booth.leave(seat);
      }
    }
    files.close();
    sockets.closeAll(code, reason);
  }
}
