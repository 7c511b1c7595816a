package org.kakehashi.media.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DtlsRecordsTest {
  @ParameterizedTest(name = "{2}")
  @CsvSource(
      textBlock =
          """
          true  | 16 feff 0000 000000000001 0001 00               | DTLS 1.0, as in a first hello
          true  | 16 fefd 0000 000000000001 0001 00               | DTLS 1.2
          true  | 16 fefd 0000 000000000001 0000                  | an empty record
          true  | 15 fefd 0000 000000000001 0000 16 fefd 0000 000000000002 0001 00 | two records
          false | 16 fefe 0000 000000000001 0001 00               | a version never given out
          false | 16 fefc 0000 000000000001 0001 00               | DTLS 1.3, which says 1.2 in its records
          false | 16 0303 0000 000000000001 0001 00               | TLS
          false | 15 fefd 0000 000000000001 0000 16 fefe 0000 000000000002 0001 00 | a bad second record
          false | 17 fefd 0001 000000000001 0001 00               | protected, but too short for its cipher
          false | 16 fefd 0000 000000000001 0002 00               | longer than the datagram
          false | 16 fefd 0000 0000000000                         | half a header
          """,
      delimiter = '|')
  void tellsWhatMayBeARecord(boolean wellFormed, String hex, String what) {
    byte[] datagram = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(DtlsRecords.wellFormed(datagram)).as(what).isEqualTo(wellFormed);
  }
}
