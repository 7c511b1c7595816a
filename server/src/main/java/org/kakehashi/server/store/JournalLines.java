package org.kakehashi.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A journal's entry as a line of text: one JSON object with {@code ticks}, {@code at}, {@code type}
 * and the fields of its event. Thread: any.
 */
final class JournalLines {
  private final JsonMapper json =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** The line, without its end. */
  String write(JournalEntry entry) {
    ObjectNode line = json.createObjectNode();
    line.put("ticks", entry.ticks());
    line.put("at", entry.at().toString());
    line.setAll(json.<ObjectNode>valueToTree(entry.event()));
    return line.toString();
  }

  /** The entry of a line; empty if it is torn, or of a kind this version does not know. */
  Optional<JournalEntry> read(String line) {
    try {
      JsonNode node = json.readTree(line);
      JsonNode ticks = node.get("ticks");
      JsonNode at = node.get("at");
      if (ticks == null || !ticks.isIntegralNumber() || at == null || !at.isTextual()) {
        return Optional.empty();
      }
      JournalEvent event = json.treeToValue(node, JournalEvent.class);
      return event == null
          ? Optional.empty()
          : Optional.of(new JournalEntry(ticks.longValue(), Instant.parse(at.textValue()), event));
    } catch (JsonProcessingException | DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
