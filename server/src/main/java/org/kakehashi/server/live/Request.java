package org.kakehashi.server.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page asks on the session socket, as in {@code docs/api/session-socket.md}; well-formed,
 * not yet permitted.
 */
public sealed interface Request {

  /** Hear another channel on a WHEP connection. */
  record Listen(String connection, String channel) implements Request {}

  /** "I understand these": the floor whenever its language is among them. Never empty. */
  record Understand(String connection, List<String> languages) implements Request {
    public Understand {
      languages = List.copyOf(languages);
    }
  }

  /** What a console key does; at least one of the two is there. */
  record Microphone(String connection, @Nullable MicrophoneState state, @Nullable String outgoing)
      implements Request {}

  /** What the booth's ears get: {@code auto}, {@code floor} or a language. */
  record Incoming(String choice) implements Request {}

  /** Take the microphone from the booth partner. */
  record Take() implements Request {}

  /** The language spoken now; whose, if not one's own. */
  record Speaks(@Nullable String language, @Nullable String source) implements Request {}

  /** Put a waiting source on stage. */
  record Admit(String source) implements Request {}

  /** Take a source off stage; its connection stays, waiting. */
  record Remove(String source) implements Request {}

  /** Step off by oneself. */
  record Leave() implements Request {}

  /** Ask to go on. */
  record Ready() implements Request {}

  /** Open or close a floor microphone. */
  record SourceMicrophone(String source, boolean open) implements Request {}

  /** Set the floor's language by hand; null releases it. */
  record FloorLanguage(@Nullable String language) implements Request {}

  /** Choose the main picture; null follows the active speaker. */
  record Picture(@Nullable String source) implements Request {}

  /** Put a file on stage. */
  record Play(String file, @Nullable String language) implements Request {}

  /** Stop a file. */
  record PlayStop(String source) implements Request {}

  /** End the session for everybody. */
  record EndSession() implements Request {}

  /** Undo an end. */
  record ResumeSession() implements Request {}
}
