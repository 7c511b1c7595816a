package org.kakehashi.server.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots as they are now, each written as JSON once, however many people it goes to. Thread:
 * the session's, but for {@link #json}.
 */
final class Board {
  private final JsonMapper mapper =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();
  private final Map<String, Notice> notices = new HashMap<>();

  /**
   * A snapshot on the board. Compared by identity: a new one is a change.
   *
   * @param essence what of it counts as a change
   */
  static final class Notice {
    private final Object essence;
    private final String json;

    private Notice(Object essence, String json) {
      this.essence = essence;
      this.json = json;
    }

    String json() {
      return json;
    }
  }

  /** A message as JSON. Thread: any. */
  String json(Message message) {
    try {
      return mapper.writerFor(Message.class).writeValueAsString(message);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A message cannot be written: " + message, impossible);
    }
  }

  /** Pins a snapshot under {@code key} if it says anything new. */
  void pin(String key, Message message) {
    pin(key, message, message);
  }

  /** Pins a snapshot under {@code key} if its {@code essence} is new. */
  void pin(String key, Message message, Object essence) {
    Notice present = notices.get(key);
    if (present == null || !present.essence.equals(essence)) {
      notices.put(key, new Notice(essence, json(message)));
    }
  }

  /** The snapshot under {@code key}; null if there is none. */
  @Nullable Notice get(String key) {
    return notices.get(key);
  }

  /** Takes down every snapshot whose key begins with {@code prefix} and is not in {@code keep}. */
  void keepOnly(String prefix, Set<String> keep) {
    notices.keySet().removeIf(key -> key.startsWith(prefix) && !keep.contains(key));
  }
}
