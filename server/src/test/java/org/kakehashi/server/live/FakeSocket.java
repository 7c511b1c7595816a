package org.kakehashi.server.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/** A page's end of a session socket: keeps what it was sent. */
final class FakeSocket implements SocketOut {
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<JsonNode> received = new ArrayList<>();
  boolean full;
  int closedWith;

  @Override
  public synchronized void send(String json) {
    try {
      received.add(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  @Override
  public boolean full() {
    return full;
  }

  @Override
  public void close(int code, String reason) {
    closedWith = code;
  }

  /** The last message of this type. */
  synchronized JsonNode last(String type) {
    for (int i = received.size() - 1; i >= 0; i--) {
      if (received.get(i).path("type").asText().equals(type)) {
        return received.get(i);
      }
    }
    return MissingNode.getInstance();
  }

  /** How many messages of this type came. */
  synchronized long count(String type) {
    return received.stream().filter(m -> m.path("type").asText().equals(type)).count();
  }

  /** The codes of all notices. */
  synchronized List<String> told() {
    return received.stream()
        .filter(m -> m.path("type").asText().equals("told"))
        .map(m -> m.path("code").asText())
        .toList();
  }

  synchronized void forget() {
    received.clear();
  }
}
