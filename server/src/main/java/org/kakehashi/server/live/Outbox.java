package org.kakehashi.server.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one socket has been sent, so that it is sent each snapshot once, and no kind of snapshot
 * more often than ten times a second; what was superseded meanwhile is never sent. Thread: the
 * session's.
 */
final class Outbox {
  private static final long INTERVAL = Duration.ofMillis(100).toNanos();

  private final Map<String, Sent> sent = new HashMap<>();
  private final SocketOut out;
  private String levels = "";

  private record Sent(Board.Notice notice, long atNanos) {}

  Outbox(SocketOut out) {
    this.out = out;
  }

  /** Sends whatever on the board is new for this socket; the keys are what it may see. */
  void flush(Board board, List<String> keys, long nowNanos) {
    if (out.full()) {
      return;
    }
    for (String key : keys) {
      Board.@Nullable Notice notice = board.get(key);
      if (notice == null) {
        continue;
      }
      Sent last = sent.get(key);
      if (last == null || (last.notice != notice && nowNanos - last.atNanos >= interval(key))) {
        sent.put(key, new Sent(notice, nowNanos));
        out.send(notice.json());
      }
    }
    if (sent.size() > 2 * keys.size() + 8) {
      sent.keySet().retainAll(keys); // Connections that have gone.
    }
  }

  /** Sends levels unless they are the same as before. */
  void levels(String json) {
    if (!json.equals(levels) && !out.full()) {
      levels = json;
      out.send(json);
    }
  }

  /** Sends what must not be lost or merged: an answer, or a notice to one person. */
  void send(String json) {
    out.send(json);
  }

  void close(int code, String reason) {
    out.close(code, reason);
  }

  private static long interval(String key) {
    return key.equals("people") ? 5 * INTERVAL : INTERVAL;
  }
}
