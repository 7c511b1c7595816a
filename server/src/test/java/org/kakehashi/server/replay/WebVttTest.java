package org.kakehashi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.replay.WebVtt.Cue;

class WebVttTest {

  @Test
  void cuesAreReadAndTheRestIsReadOver() {
    WebVtt read =
        read(
            "\uFEFFWEBVTT - 本会議\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n"
                + "STYLE\n::cue { color: red }\n\n"
                + "NOTE made by hand\nover two lines\n\n"
                + "intro\n00:01.000 --> 00:04.500 align:start position:10%\n<v Aiko>Bonjour\nà tous\n\n\n"
                + "01:00:00.000\t-->\t100:00:00.001\nこんにちは");

    assertThat(read.cues())
        .containsExactly(
            new Cue("intro", 1000, 4500, "align:start position:10%", "<v Aiko>Bonjour\nà tous"),
            new Cue(null, 3_600_000, 360_000_001, "", "こんにちは"));
  }

  @ParameterizedTest
  @CsvSource({"'\\n'", "'\\r\\n'", "'\\r'"})
  void anyEndOfLineWillDo(String end) {
    String separator = end.replace("\\r", "\r").replace("\\n", "\n");
    assertThat(read("WEBVTT||00:00.000 --> 00:01.000|a|b".replace("|", separator)).cues())
        .containsExactly(new Cue(null, 0, 1000, "", "a\nb"));
  }

  @Test
  void whatIsCutAwayIsNotWritten() {
    WebVtt read =
        read(
            "WEBVTT\n\n00:05.000 --> 00:06.000\nlater\n\n"
                + "00:00.000 --> 00:01.000\nbefore\n\n00:00.500 --> 00:02.000\nacross\n");

    assertThat(read.write(new Cut(1000, 5000)))
        .isEqualTo(
            "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:90000\n\n"
                + "00:00:00.500 --> 00:00:02.000\nacross\n");
    assertThat(read(read.write(null))).isEqualTo(read);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                      | Line 1: a WebVTT file begins with the line WEBVTT.
          WEBVTTX\\n\\n                                           | Line 1: a WebVTT file begins with the line WEBVTT.
          1\\n00:00:01,000 --> 00:00:02,000\\nSubRip              | Line 1: a WebVTT file begins with the line WEBVTT.
          WEBVTT\\n\\n00:01,000 --> 00:02,000\\nSubRip            | Line 3: times must be written 01:02:03.000 --> 01:02:06.500.
          WEBVTT\\n\\n00:61.000 --> 01:02.000\\na                 | Line 3: times must be written 01:02:03.000 --> 01:02:06.500.
          WEBVTT\\n\\n00:02.000 --> 00:02.000\\na                 | Line 3: the cue ends before it begins.
          WEBVTT\\n\\nonly an id\\n\\n00:01.000 --> 00:02.000\\na | Line 4: a cue's times are expected, 00:01.000 --> 00:04.000.
          WEBVTT\\n\\n00:01.000 --> 00:02.000\\na\\n00:02.000 --> 00:03.000\\nb | Line 5: an empty line is missing before the next cue.
          WEBVTT\\n\\n00:01.000 --> 00:02.000\\n\\0               | Line 4: has a control character in it.
          """)
  void aMistakeIsNamedWithItsLine(String text, String message) {
    assertThatThrownBy(() -> read(text.strip().replace("\\n", "\n").replace("\\0", "\0")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().detail()).isEqualTo(message));
  }

  @Test
  void whatIsNotTextIsRefused() {
    assertThatThrownBy(() -> WebVtt.read(new byte[] {'W', (byte) 0xc3, (byte) 0x28}))
        .hasMessageContaining("UTF-8");
  }

  @Test
  void thereIsABoundToEverything() {
    assertThatThrownBy(() -> read("WEBVTT\n\n" + "00:00.000 --> 00:01.000\na\n\n".repeat(50_001)))
        .hasMessageContaining("50000 cues");
    assertThatThrownBy(() -> read("WEBVTT\n\n00:00.000 --> 00:01.000\n" + "a".repeat(2001)))
        .hasMessageContaining("Line 4: is longer");
    assertThatThrownBy(
            () -> read("WEBVTT\n\n00:00.000 --> 00:01.000\n" + ("a".repeat(1999) + "\n").repeat(3)))
        .hasMessageContaining("Line 3: the cue has more");
  }

  private static WebVtt read(String text) {
    return WebVtt.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
