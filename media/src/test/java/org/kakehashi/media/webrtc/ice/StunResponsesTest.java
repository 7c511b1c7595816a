package org.kakehashi.media.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Request;
import org.ice4j.message.Response;
import org.junit.jupiter.api.Test;

class StunResponsesTest {
  private static final HexFormat HEX = HexFormat.of();

  private final Random random = new Random(7);

  @Test
  void theAddressIsWhatIce4jWritesByteForByte() throws Exception {
    for (int i = 0; i < 500; i++) {
      byte[] id = bytes(12);
      InetSocketAddress source =
          new InetSocketAddress(
              InetAddress.getByAddress(bytes(i % 2 == 0 ? 4 : 16)), 1 + random.nextInt(65_535));
      if (source.getAddress().getAddress().length == 4 && i % 2 != 0) {
        continue; // A mapped address is an IPv4 one to Java.
      }
      byte[] success = StunResponses.success(id, source, "secret");
      int end = 20 + 8 + source.getAddress().getAddress().length;
      assertThat(Arrays.copyOfRange(success, 4, end))
          .isEqualTo(Arrays.copyOfRange(byIce4j(id, source), 4, end));
      assertThat(success).hasSize(end + 24 + 8).startsWith(1, 1, 0, end + 24 + 8 - 20);
    }
  }

  private static byte[] byIce4j(byte[] id, InetSocketAddress source) throws Exception {
    Request request = MessageFactory.createBindingRequest();
    request.setTransactionID(id);
    Response response =
        MessageFactory.createBindingResponse(
            request, new TransportAddress(source.getAddress(), source.getPort(), Transport.UDP));
    response.setTransactionID(id);
    return response.encode(null);
  }

  /** The sample response of RFC 5769 §2.2, whose software attribute ours does not have. */
  @Test
  void successTellsTheAddressOfTheSample() throws Exception {
    byte[] id = HEX.parseHex("b7e7a701bc34d686fa87dfae");
    InetSocketAddress source = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 32_853);
    byte[] success = StunResponses.success(id, source, "VOkJxbRl1RmTxUk/WvJxBt");
    assertThat(HEX.formatHex(success)).startsWith("0101").contains("002000080001a147e112a643");
    Message read = Message.decode(success, 0, success.length);
    XorMappedAddressAttribute address =
        (XorMappedAddressAttribute) read.getAttribute(Attribute.XOR_MAPPED_ADDRESS);
    assertThat(address.getAddress(id))
        .isEqualTo(new TransportAddress(source.getAddress(), source.getPort(), Transport.UDP));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
