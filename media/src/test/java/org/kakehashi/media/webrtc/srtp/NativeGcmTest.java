package org.kakehashi.media.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenSSL's packets are those of jitsi-srtp, byte for byte. */
class NativeGcmTest {
  private static final int PACKETS = 20_000;

  @BeforeEach
  void needsOpenSsl() {
    assumeTrue(LibCrypto.get().isPresent(), "libcrypto.so.3 is not on this machine");
  }

  private static SrtpKeys keys(Random random) {
    byte[] key = new byte[SrtpProfile.KEY_LENGTH];
    byte[] salt = new byte[SrtpProfile.AEAD_AES_128_GCM.saltLength()];
    random.nextBytes(key);
    random.nextBytes(salt);
    SrtpKeys.Master master = new SrtpKeys.Master(key, salt);
    return new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, master, master);
  }

  private static ByteBuf rtp(Random random, int sequence, int ssrc) {
    ByteBuf packet = Unpooled.directBuffer(2_048);
    int sources = random.nextInt(4) == 0 ? random.nextInt(16) : 0;
    boolean extended = random.nextBoolean();
    packet.writeByte(0x80 | (extended ? 0x10 : 0) | sources).writeByte(random.nextInt(128));
    packet.writeShort(sequence).writeInt(random.nextInt()).writeInt(ssrc);
    write(packet, random, 4 * sources);
    if (extended) {
      int words = random.nextInt(6);
      packet.writeShort(0xBEDE).writeShort(words);
      write(packet, random, 4 * words);
    }
    write(packet, random, random.nextInt(random.nextBoolean() ? 20 : 1_300));
    return packet;
  }

  private static void write(ByteBuf packet, Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    packet.writeBytes(bytes);
  }

  @Test
  void protectsRtpAsJitsiDoes() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      SrtpKeys keys = keys(random);
      Protection ours = new NativeGcm(LibCrypto.get().orElseThrow(), keys);
      Protection theirs = new JitsiProtection(keys);
      int[] ssrcs = {random.nextInt(), random.nextInt(), random.nextInt()};
      long[] next = {
        random.nextInt(1 << 15), random.nextInt(1 << 15), 32_000 + random.nextInt(700)
      };
      long[] last = {-1, -1, -1};
      for (int i = 0; i < 3_000; i++) {
        int which = random.nextInt(ssrcs.length);
        next[which] += 1 + random.nextInt(60); // Past the roll-over more than once.
        long late = random.nextInt(10) == 0 ? random.nextInt(60) : 0; // A retransmission.
        long sequence = Math.max(next[which] - late, 0);
        if (sequence == last[which]) {
          continue; // The JDK's cipher, and so jitsi-srtp, refuses the same IV twice in a row.
        }
        last[which] = sequence;
        same(ours, theirs, rtp(random, (int) sequence & 0xFFFF, ssrcs[which]), ssrcs[which], true);
      }
      ours.close();
      theirs.close();
    }
  }

  @Test
  void protectsRtcpAsJitsiDoes() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      SrtpKeys keys = keys(random);
      Protection ours = new NativeGcm(LibCrypto.get().orElseThrow(), keys);
      Protection theirs = new JitsiProtection(keys);
      for (int i = 0; i < 200; i++) {
        int ssrc = 7 + random.nextInt(4);
        ByteBuf packet = Unpooled.directBuffer(2_048);
        int words = 1 + random.nextInt(200);
        packet.writeByte(0x80).writeByte(200).writeShort(words).writeInt(ssrc);
        write(packet, random, 4 * (words - 1));
        same(ours, theirs, packet, ssrc, false);
      }
      ours.close();
      theirs.close();
    }
  }

  private static void same(
      Protection ours, Protection theirs, ByteBuf packet, int ssrc, boolean rtp) {
    ByteBuf other = packet.copy();
    boolean good = rtp ? ours.rtp(packet, ssrc) : ours.rtcp(packet, ssrc);
    boolean theirGood = rtp ? theirs.rtp(other, ssrc) : theirs.rtcp(other, ssrc);
    assertThat(good).isTrue();
    assertThat(theirGood).isTrue();
    // Not as text: the leak detector would note the reading of every byte.
    assertThat(ByteBufUtil.getBytes(packet)).isEqualTo(ByteBufUtil.getBytes(other));
    packet.release();
    other.release();
  }

  @Test
  void refusesWhatIsNoPacketAndWhatComesAfterTheEnd() {
    Protection protection = new NativeGcm(LibCrypto.get().orElseThrow(), keys(new Random(1)));
    ByteBuf shortOne = Unpooled.directBuffer(64).writeZero(11);
    assertThat(protection.rtp(shortOne, 0)).isFalse();
    ByteBuf runsOver = Unpooled.directBuffer(64).writeByte(0x90).writeZero(13).writeShort(99);
    assertThat(protection.rtp(runsOver, 0)).isFalse();
    protection.close();
    protection.close();
    ByteBuf packet = rtp(new Random(1), 1, 1);
    assertThat(protection.rtp(packet, 1)).isFalse();
    assertThat(protection.rtcp(packet, 1)).isFalse();
    shortOne.release();
    runsOver.release();
    packet.release();
  }

  @Test
  void takesTheContextThatAnotherGaveBack() {
    LibCrypto crypto = LibCrypto.get().orElseThrow().apart(); // Peers of other tests may yet close.
    new NativeGcm(crypto, keys(new Random(1))).close();
    int idle = crypto.rtp().idle();
    Random random = new Random(2);
    SrtpKeys keys = keys(random);
    Protection again = new NativeGcm(crypto, keys);
    assertThat(crypto.rtp().idle()).isEqualTo(idle - 1);
    assertThat(crypto.rtcp().idle()).isPositive();
    Protection theirs = new JitsiProtection(keys);
    same(again, theirs, rtp(random, 1, 5), 5, true);
    same(again, theirs, rtp(random, 2, 5), 5, true);
    again.close();
    theirs.close();
    assertThat(crypto.rtp().idle()).isEqualTo(idle);
  }

  @Test
  void keepsNoMoreContextsThanItSays() {
    GcmContexts contexts = new GcmContexts(LibCrypto.get().orElseThrow());
    byte[] key = new byte[SrtpProfile.KEY_LENGTH];
    long[] taken =
        LongStream.range(0, GcmContexts.MOST_IDLE + 10).map(i -> contexts.take(key)).toArray();
    assertThat(LongStream.of(taken).distinct().count()).isEqualTo(taken.length);
    LongStream.of(taken).forEach(contexts::giveBack);
    assertThat(contexts.idle()).isEqualTo(GcmContexts.MOST_IDLE);
  }

  @Test
  void aPacketAllocatesNothing() {
    Protection protection = new NativeGcm(LibCrypto.get().orElseThrow(), keys(new Random(1)));
    // Without the leak detector, which keeps notes of every access.
    ByteBuf packet = new UnpooledByteBufAllocator(true, true).directBuffer(256);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    // The compiler needs some rounds, on a busy machine many, before what it can spare is spared.
    for (int attempt = 0; attempt < 40 && allocated >= PACKETS / 2; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      protect(protection, packet);
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    // The measurement itself.
    assertThat(allocated).isLessThan(PACKETS / 2);
    packet.release();
    protection.close();
  }

  private static void protect(Protection protection, ByteBuf packet) {
    for (int i = 0; i < PACKETS; i++) {
      packet.clear().writeByte(0x80).writeByte(111).writeShort(i).writeInt(i * 960).writeInt(5);
      packet.writeZero(94);
      protection.rtp(packet, 5);
    }
  }
}
