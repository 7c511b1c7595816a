package org.kakehashi.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kakehashi.server.problem.ProblemException;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-99,   0,  100, bytes 0-99/100",
    "bytes=0-,     0,  100, bytes 0-99/100",
    "bytes=10-19,  10, 10,  bytes 10-19/100",
    "bytes=90-200, 90, 10,  bytes 90-99/100",
    "bytes=-10,    90, 10,  bytes 90-99/100",
    "bytes=-200,   0,  100, bytes 0-99/100",
  })
  void oneRangeIsServed(String header, long first, long length, String contentRange) {
    assertThat(ByteRange.of(header, 100)).contains(new ByteRange(first, length));
    assertThat(new ByteRange(first, length).contentRange(100)).isEqualTo(contentRange);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "bytes", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=0-1,3-4", "lines=1-2"})
  void anythingElseGetsAll(String header) {
    assertThat(ByteRange.of(header, 100)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
  void whatBeginsBehindTheEndIsRefused(String header) {
    assertThatThrownBy(() -> ByteRange.of(header, 100)).isInstanceOf(ProblemException.class);
  }
}
