package org.kakehashi.media.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageCodeTest {
  @ParameterizedTest
  @CsvSource({
    "fre, fr",
    "fra, fr",
    "ger, de",
    "deu, de",
    "jpn, ja",
    "ja, ja",
    "chi, zh",
    "zho, zh",
    "fsl, fsl",
    "pt-BR, pt-BR"
  })
  void isTheShortestTag(String code, String tag) {
    assertThat(LanguageCode.tag(code)).isEqualTo(tag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"und", "mul", "zxx", "mis", "not a language", "?"})
  void isNoneWhereNoOneLanguageIsNamed(String code) {
    assertThat(LanguageCode.tag(code)).isNull();
  }

  @Test
  void isNoneWhereNothingIsSaid() {
    assertThat(LanguageCode.tag("")).isNull();
  }
}
