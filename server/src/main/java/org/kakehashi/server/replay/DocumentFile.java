package org.kakehashi.server.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code recording.json}. Thread: one at a time for the same folder. */
final class DocumentFile {
  static final String NAME = "recording.json";

  private static final Logger LOG = LoggerFactory.getLogger(DocumentFile.class);
  private static final long MAX_BYTES = 16 << 20;

  private final JsonMapper json =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** The document of a recording's folder; empty if there is none that can be read. */
  Optional<RecordingDocument> read(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      RecordingDocument document = json.readValue(file.toFile(), RecordingDocument.class);
      if (document.session().equals(folder.getFileName().toString())) {
        return Optional.of(document);
      }
      LOG.warn("{} speaks of session {}: it is left alone", file, document.session());
    } catch (IOException | RuntimeException unreadable) {
      LOG.warn("{} cannot be read: the recording is left alone", file, unreadable);
    }
    return Optional.empty();
  }

  /** Writes it, whole or not at all. */
  void write(Path folder, RecordingDocument document) {
    try {
      AtomicFile.write(folder.resolve(NAME), json.writeValueAsBytes(document));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
