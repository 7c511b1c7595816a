package org.kakehashi.server.programme;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a programme file holds, it is read or refused with a {@link ProgrammeException}. */
class ProgrammeReaderFuzzTest {
  private static final String[] PIECES = {
    "events:",
    "\n",
    "  ",
    "- ",
    "id: ",
    "e",
    "title: ",
    "{fr: x}",
    "sessions:",
    "languages: ",
    "[fr, ja]",
    "booths:",
    "a: ",
    "b: ",
    "understands: ",
    "&x ",
    "*x",
    "null",
    "true",
    "1e9",
    "!!binary ",
    "|",
    ">",
    "'",
    "\"",
    "{",
    "}",
    "[",
    "]",
    "#",
    "zone: ",
    "cities:",
    "\t",
    "é",
    ":"
  };

  private final ProgrammeReader reader = new ProgrammeReader();

  @FuzzTest(maxDuration = "20s")
  void anyText(FuzzedDataProvider data) {
    read(data.consumeRemainingAsString());
  }

  @Test
  void anySequenceOfPieces() {
    Random random = new Random(20261122);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      read(text.toString());
    }
  }

  private void read(String text) {
    try {
      assertThat(reader.read(text).sessions()).isNotEmpty();
    } catch (ProgrammeException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
