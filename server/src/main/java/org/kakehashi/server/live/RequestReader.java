package org.kakehashi.server.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.problem.Problem;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/**
 * Reads the frames of a session socket: hostile text in, a well-formed {@link Request} or a problem
 * out. Unknown fields are ignored. Thread: any.
 */
public final class RequestReader {
  /** The longest frame that is read, in characters. */
  public static final int MAX_CHARS = 64 * 1024;

  private static final int MAX_REF = 64;
  private static final int MAX_TOKEN = 8 * 1024;
  private static final int MAX_FILE_NAME = 200;

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(8)
          .maxNumberLength(32)
          .maxNameLength(64)
          .maxStringLength(MAX_CHARS)
          .build();

  private final JsonMapper json = JsonMapper.builder(strict()).build();

  private static JsonFactory strict() {
    return JsonFactory.builder()
        .streamReadConstraints(BOUNDS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build();
  }

  /**
   * A frame as it was read.
   *
   * @param ref what the answer must carry, if it was there and readable
   * @param outcome the request, or why there is none
   */
  public record Frame(@Nullable String ref, Outcome outcome) {}

  /** What came of reading a frame. */
  public sealed interface Outcome {
    /** A well-formed request. */
    record Read(Request request) implements Outcome {}

    /** A frame that is none. */
    record Unreadable(Problem problem) implements Outcome {}
  }

  /**
   * Reads the first frame of a socket.
   *
   * @throws ProblemException if it is not a well-formed {@code hello}
   */
  public Hello hello(String text) {
    JsonFields fields = parse(text);
    String type = fields.text("type", 64);
    if (!type.equals("hello")) {
      throw malformed("The first message must be \"hello\".");
    }
    String page = fields.text("page", 16);
    return new Hello(
        fields.optionalText("token", MAX_TOKEN),
        Page.of(page).orElseThrow(() -> invalid("\"page\" must be attend, booth, stage or desk.")));
  }

  /** Reads any later frame. Never throws. */
  public Frame read(String text) {
    JsonFields fields;
    String ref;
    try {
      fields = parse(text);
      ref = fields.optionalText("ref", MAX_REF);
    } catch (ProblemException refused) {
      return new Frame(null, new Outcome.Unreadable(refused.problem()));
    }
    try {
      return new Frame(ref, new Outcome.Read(request(fields)));
    } catch (ProblemException refused) {
      return new Frame(ref, new Outcome.Unreadable(refused.problem()));
    }
  }

  private JsonFields parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw ProblemType.TOO_LARGE.because("A message may have 64 KiB at most.").asException();
    }
    try {
      JsonNode node =
          json.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(text);
      if (node == null || !node.isObject()) {
        throw malformed("A message must be one JSON object.");
      }
      return new JsonFields(node);
    } catch (JsonProcessingException notJson) {
      throw malformed("The message is not well-formed JSON.");
    }
  }

  private static Request request(JsonFields in) {
    String type = in.text("type", 64);
    return switch (type) {
      case "listen" -> new Request.Listen(in.id("connection"), in.channel("channel"));
      case "understand" -> new Request.Understand(in.id("connection"), in.languages("languages"));
      case "microphone" -> microphone(in);
      case "incoming" -> new Request.Incoming(in.channel("choice"));
      case "take" -> new Request.Take();
      case "speaks" -> new Request.Speaks(in.nullableLanguage("language"), in.optionalId("source"));
      case "stage.admit" -> new Request.Admit(in.id("source"));
      case "stage.remove" -> new Request.Remove(in.id("source"));
      case "stage.leave" -> new Request.Leave();
      case "stage.ready" -> new Request.Ready();
      case "source.microphone" -> new Request.SourceMicrophone(in.id("source"), openOrClosed(in));
      case "floor-language" -> new Request.FloorLanguage(in.nullableLanguage("language"));
      case "picture" -> new Request.Picture(in.nullableId("source"));
      case "play" ->
          new Request.Play(in.text("file", MAX_FILE_NAME), in.optionalLanguage("language"));
      case "play.stop" -> new Request.PlayStop(in.id("source"));
      case "session.end" -> new Request.EndSession();
      case "session.resume" -> new Request.ResumeSession();
      case "hello" -> throw invalid("\"hello\" is the first message only.");
      default -> throw invalid("There is no message of this type.");
    };
  }

  private static Request microphone(JsonFields in) {
    String state = in.optionalText("state", 16);
    String outgoing = in.optionalLanguage("outgoing");
    if (state == null && outgoing == null) {
      throw invalid("\"microphone\" needs \"state\", \"outgoing\" or both.");
    }
    return new Request.Microphone(
        in.id("connection"), state == null ? null : microphoneState(state), outgoing);
  }

  private static MicrophoneState microphoneState(String state) {
    return MicrophoneState.of(state)
        .orElseThrow(() -> invalid("\"state\" must be open, cough or closed."));
  }

  private static boolean openOrClosed(JsonFields in) {
    return switch (in.text("state", 16)) {
      case "open" -> true;
      case "closed" -> false;
      default -> throw invalid("\"state\" must be open or closed.");
    };
  }

  private static ProblemException malformed(String detail) {
    return ProblemType.MALFORMED.because(detail).asException();
  }

  private static ProblemException invalid(String detail) {
    return ProblemType.INVALID.because(detail).asException();
  }
}
