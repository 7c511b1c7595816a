package org.kakehashi.server.bench.fanout;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.client.ClientAnswer;
import org.kakehashi.media.webrtc.client.ClientCheck;
import org.kakehashi.media.webrtc.dtls.DtlsAssociation;
import org.kakehashi.media.webrtc.dtls.DtlsEvents;
import org.kakehashi.media.webrtc.dtls.DtlsFailure;
import org.kakehashi.media.webrtc.dtls.DtlsIdentity;
import org.kakehashi.media.webrtc.ice.StunRequest;
import org.kakehashi.media.webrtc.ice.StunResponses;
import org.kakehashi.media.webrtc.sdp.DtlsRole;
import org.kakehashi.media.webrtc.sdp.IceCredentials;
import org.kakehashi.media.webrtc.srtp.Opened;
import org.kakehashi.media.webrtc.srtp.PacketBuffer;
import org.kakehashi.media.webrtc.srtp.SrtpKeys;
import org.kakehashi.media.webrtc.srtp.SrtpReceiver;

/**
 * One listener of a crowd. It does ICE and DTLS in earnest, whether the server is ICE-lite (it
 * checks) or full (it answers checks); of the packets it counts the sequence numbers, and only if
 * it is a sample it decrypts them and reads how long they were under way.
 *
 * <p>Packets on the crowd's thread; counters are read there or when nothing comes any more.
 */
final class Attendee {
  private static final Duration HANDSHAKE = Duration.ofSeconds(60);

  private final Crowd crowd;
  private final int address;
  private final boolean sample;
  private final IceCredentials credentials;
  private final SecureRandom random;
  private final CompletableFuture<Long> heard = new CompletableFuture<>();
  private volatile @Nullable ClientAnswer server;
  private volatile @Nullable InetSocketAddress remote;
  private volatile @Nullable DtlsAssociation association;
  private volatile @Nullable SrtpReceiver receiver;
  private boolean begun;
  private long first = -1;
  private long highest;
  private long received;
  private int ssrc;
  private boolean known;

  Attendee(Crowd crowd, int address, boolean sample, SecureRandom random) {
    this.crowd = crowd;
    this.address = address;
    this.sample = sample;
    this.random = random;
    this.credentials =
        new IceCredentials("at" + Integer.toHexString(address) + "x", "p".repeat(24));
  }

  int address() {
    return address;
  }

  String host() {
    return (address >>> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  int port() {
    return crowd.port();
  }

  DtlsIdentity identity() {
    return crowd.identity();
  }

  IceCredentials credentials() {
    return credentials;
  }

  /** Done at the first packet, with the time it came ({@link System#nanoTime}). */
  CompletableFuture<Long> heard() {
    return heard;
  }

  /** Is ready for a server: it connects at the first check of either side. */
  void connect(ClientAnswer to) {
    server = to;
    remote = to.udp();
    association =
        new DtlsAssociation(
            crowd.identity(),
            DtlsRole.ACTIVE,
            List.of(to.fingerprint()),
            crowd.computing(),
            HANDSHAKE,
            new Dtls());
  }

  /** Sends a check. Any thread. */
  void check() {
    ClientAnswer to = server;
    InetSocketAddress target = remote;
    if (to != null && target != null) {
      String username = to.credentials().ufrag() + ":" + credentials.ufrag();
      byte[] id = new byte[12];
      random.nextBytes(id);
      crowd.send(
          address,
          target,
          ClientCheck.nominating(username, to.credentials().password()).signed(id));
    }
  }

  /** Whether it hears something, or does so within a time. */
  boolean hears(int millis) {
    try {
      long unused = heard.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Whether it still waits for the answer to its first check. */
  boolean isWaiting() {
    return server != null && !begun;
  }

  void take(MemorySegment memory, int from, int length, long nanos) {
    int kind = memory.get(ValueLayout.JAVA_BYTE, from) & 0xFF;
    if (kind >= 128) {
      media(memory, from, length, nanos);
      return;
    }
    byte[] packet = memory.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE);
    if (kind <= 3) {
      stun(packet);
    } else {
      DtlsAssociation with = association;
      if (with != null) {
        boolean unused = with.receive(packet);
      }
    }
  }

  private void stun(byte[] packet) {
    StunRequest request = StunRequest.read(packet).orElse(null);
    InetSocketAddress to = remote;
    if (request != null && to != null) {
      crowd.send(
          address, to, StunResponses.success(request.transactionId(), to, credentials.password()));
    }
    DtlsAssociation with = association;
    boolean answered = packet.length > 20 && packet[0] == 1 && packet[1] == 1;
    if (!begun && with != null && (answered || request != null)) {
      begun = true;
      with.start();
    }
  }

  private void media(MemorySegment memory, int from, int length, long nanos) {
    int second = memory.get(ValueLayout.JAVA_BYTE, from + 1) & 0xFF;
    if (second >= 192 && second <= 223 || length < 12) {
      return; // RTCP.
    }
    int packetSsrc = int32(memory, from + 8);
    if (!known) {
      known = true;
      ssrc = packetSsrc;
      heard.complete(System.nanoTime());
    } else if (packetSsrc != ssrc) {
      return;
    }
    int sequence = int32(memory, from) & 0xFFFF;
    if (first < 0) {
      first = sequence;
      highest = sequence;
    } else {
      long unwrapped = highest + (short) (sequence - (int) highest);
      highest = Math.max(highest, unwrapped);
    }
    received++;
    if (sample) {
      delay(memory, from, length, nanos);
    }
  }

  private void delay(MemorySegment memory, int from, int length, long nanos) {
    SrtpReceiver keyed = receiver;
    if (keyed == null) {
      return;
    }
    ByteBuf packet = Unpooled.buffer(length + PacketBuffer.MAX_TRAILER);
    packet.writeBytes(memory.asSlice(from, length).asByteBuffer());
    PacketBuffer view = new PacketBuffer();
    view.view(packet);
    if (keyed.openRtp(view) == Opened.PLAIN) {
      int payload = 12 + 4 * (packet.getByte(0) & 15);
      if ((packet.getByte(0) & 0x10) != 0) {
        payload += 4 + 4 * packet.getUnsignedShort(payload + 2);
      }
      int stamp = StampedPackets.stamp(packet, payload, view.getLength());
      if (stamp > 0) {
        crowd.delay(nanos - packet.getLong(stamp));
      }
    }
  }

  private static int int32(MemorySegment memory, int at) {
    return Integer.reverseBytes(memory.get(ValueLayout.JAVA_INT_UNALIGNED, at));
  }

  /** Counts from the next packet on. */
  void restart() {
    first = -1;
    received = 0;
  }

  long received() {
    return received;
  }

  /** Packets between the first and the last that did not come. */
  long lost() {
    return first < 0 ? 0 : Math.max(0, highest - first + 1 - received);
  }

  /** Says goodbye. */
  void leave() {
    DtlsAssociation with = association;
    if (with != null) {
      with.close();
    }
  }

  private final class Dtls implements DtlsEvents {
    @Override
    public void send(byte[] datagram) {
      InetSocketAddress to = remote;
      if (to != null) {
        crowd.send(address, to, datagram);
      }
    }

    @Override
    public void secured(SrtpKeys keys) {
      if (sample) {
        receiver = new SrtpReceiver(keys);
      }
    }

    @Override
    public void failed(DtlsFailure why) {
      heard.completeExceptionally(new IllegalStateException("DTLS failed: " + why));
    }

    @Override
    public void goodbye() {}

    @Override
    public void ended() {}
  }
}
