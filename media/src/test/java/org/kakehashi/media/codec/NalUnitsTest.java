package org.kakehashi.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NalUnitsTest {
  @Test
  void findsUnitsBetweenStartCodesOfBothLengths() {
    assertThat(hex(NalUnits.ofAnnexB(bytes("00000001 6742 000001 68ce 000001 65 0000 03 01 0000"))))
        .containsExactly("6742", "68ce", "650000" + "0301");
  }

  @Test
  void findsUnitsByTheirLength() {
    assertThat(hex(NalUnits.ofLengths(bytes("00000002 6742 00000001 65"), 4)))
        .containsExactly("6742", "65");
    assertThat(hex(NalUnits.ofLengths(bytes("0002 6742 0000 0001 65"), 2)))
        .containsExactly("6742", "65");
  }

  @Test
  void leavesOutWhatIsCutShort() {
    assertThat(hex(NalUnits.ofLengths(bytes("00000001 65 ffffffff 6742"), 4)))
        .containsExactly("65");
    assertThat(NalUnits.ofLengths(bytes("0000"), 4)).isEmpty();
    assertThat(NalUnits.ofAnnexB(bytes("0000016700"))).hasSize(1);
    assertThat(NalUnits.ofAnnexB(bytes("6742"))).isEmpty();
  }

  @Test
  void readsAConfigurationRecord() {
    AvcConfiguration configuration =
        AvcConfiguration.parse(
            HexFormat.of().parseHex("0142c01effe1" + "0004" + "6742c01e" + "01" + "0002" + "68ce"));

    assertThat(configuration.lengthSize()).isEqualTo(4);
    assertThat(hex(configuration.parameterSets())).containsExactly("6742c01e", "68ce");
  }

  @Test
  void takesAnyBytes() {
    Random random = new Random(14496);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] &= (byte) (random.nextBoolean() ? 1 : 0xFF);
      }
      NalUnitsFuzzTest.read(bytes);
    }
  }

  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static List<String> hex(List<ByteBuf> units) {
    return units.stream().map(ByteBufUtil::hexDump).toList();
  }
}
