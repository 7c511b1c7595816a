package org.kakehashi.media.webrtc.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.kakehashi.media.webrtc.ice.StunIntegrity;

/**
 * A connectivity check, right or wrong in whichever way a test wants.
 *
 * @param username {@code theirs:ours}
 * @param password theirs
 * @param nominate whether with USE-CANDIDATE
 * @param controlled whether to claim the controlled role
 * @param priority of the candidate
 */
public record ClientCheck(
    String username, String password, boolean nominate, boolean controlled, int priority) {

  public static ClientCheck nominating(String username, String password) {
    return new ClientCheck(username, password, true, false, 0x6E0001FF);
  }

  /** The request without integrity. */
  public byte[] unsigned(byte[] transactionId) {
    ByteBuf out = Unpooled.buffer();
    out.writeShort(0x0001).writeShort(0).writeInt(0x2112A442).writeBytes(transactionId);
    byte[] name = username.getBytes(StandardCharsets.UTF_8);
    out.writeShort(0x0006).writeShort(name.length).writeBytes(name).writeZero(-name.length & 3);
    out.writeShort(0x0024).writeShort(4).writeInt(priority);
    out.writeShort(controlled ? 0x8029 : 0x802A).writeShort(8).writeLong(0x1234_5678_9ABCL);
    if (nominate) {
      out.writeShort(0x0025).writeShort(0);
    }
    out.setShort(2, out.readableBytes() - 20);
    return ByteBufUtil.getBytes(out);
  }

  /** The whole request. */
  public byte[] signed(byte[] transactionId) {
    return StunIntegrity.fingerprint(StunIntegrity.sign(unsigned(transactionId), password));
  }
}
