package org.kakehashi.media.webrtc.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.rtp.RtcpPacket;
import org.kakehashi.media.rtp.RtcpWriter;
import org.kakehashi.media.webrtc.dtls.DtlsAssociation;
import org.kakehashi.media.webrtc.dtls.DtlsEvents;
import org.kakehashi.media.webrtc.dtls.DtlsFailure;
import org.kakehashi.media.webrtc.dtls.DtlsIdentity;
import org.kakehashi.media.webrtc.sdp.Fingerprint;
import org.kakehashi.media.webrtc.sdp.IceCredentials;
import org.kakehashi.media.webrtc.srtp.Opened;
import org.kakehashi.media.webrtc.srtp.PacketBuffer;
import org.kakehashi.media.webrtc.srtp.SrtpKeys;
import org.kakehashi.media.webrtc.srtp.SrtpReceiver;
import org.kakehashi.media.webrtc.srtp.SrtpSender;

/**
 * One client: {@link #offer}, then {@link #connect} with the answer. Its packets are handled on its
 * channel's event loop; several thousand clients may share a group.
 */
public final class WebRtcClient implements AutoCloseable {
  private static final Duration HANDSHAKE = Duration.ofSeconds(20);

  private final EventLoopGroup group;
  private final DtlsIdentity identity;
  private final Semaphore computing;
  private final List<ClientMedia> media;
  private final IceCredentials credentials;
  private final SecureRandom random = new SecureRandom();
  private final CompletableFuture<WebRtcClient> connected = new CompletableFuture<>();
  private final CompletableFuture<Void> goodbye = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicLong packets = new AtomicLong();
  private final PacketBuffer view = new PacketBuffer();
  private String setup = "actpass";
  private Fingerprint shown;
  private volatile Consumer<ByteBuf> onRtp = packet -> {};
  private volatile Consumer<ByteBuf> onRtcp = packet -> {};
  private volatile Consumer<ByteBuf> onStun = packet -> {};
  private volatile long checkMillis = 1_000;
  private volatile @Nullable ClientAnswer answer;
  private volatile @Nullable ClientLine line;
  private @Nullable DtlsAssociation association;
  private volatile @Nullable SrtpSender sender;
  private @Nullable SrtpReceiver receiver;
  private @Nullable ScheduledFuture<?> checks;
  private boolean answered;

  /**
   * @param identity may be shared by many clients
   * @param computing one permit for each handshake computed at once; may be shared
   */
  public WebRtcClient(
      EventLoopGroup group, DtlsIdentity identity, Semaphore computing, List<ClientMedia> media) {
    this.group = group;
    this.identity = identity;
    this.computing = computing;
    this.media = List.copyOf(media);
    this.shown = identity.fingerprint();
    this.credentials =
        new IceCredentials("cl" + Integer.toHexString(random.nextInt()) + "x", "p".repeat(24));
  }

  /** Offers this DTLS role instead of leaving the choice: {@code active} or {@code passive}. */
  public WebRtcClient withSetup(String value) {
    setup = value;
    return this;
  }

  /** Announces a certificate other than the one that is shown. */
  public WebRtcClient withFingerprint(Fingerprint value) {
    shown = value;
    return this;
  }

  /** How often to check once connected, in milliseconds; 0 for never. */
  public WebRtcClient withChecksEvery(long millis) {
    checkMillis = millis;
    return this;
  }

  /** Receives RTP in plain text, on the event loop; the buffer stays the client's. */
  public WebRtcClient onRtp(Consumer<ByteBuf> consumer) {
    onRtp = consumer;
    return this;
  }

  /** Receives RTCP in plain text, on the event loop; the buffer stays the client's. */
  public WebRtcClient onRtcp(Consumer<ByteBuf> consumer) {
    onRtcp = consumer;
    return this;
  }

  /** Receives STUN, on the event loop; the buffer stays the client's. */
  public WebRtcClient onStun(Consumer<ByteBuf> consumer) {
    onStun = consumer;
    return this;
  }

  public String offer() {
    return ClientOffer.write(media, credentials, shown, setup);
  }

  public IceCredentials credentials() {
    return credentials;
  }

  /** Connects over UDP; done when SRTP may flow. */
  public CompletableFuture<WebRtcClient> connect(String answerText) {
    return connect(ClientAnswer.read(answerText), false);
  }

  /** Connects over TCP. */
  public CompletableFuture<WebRtcClient> connectTcp(String answerText) {
    return connect(ClientAnswer.read(answerText), true);
  }

  private CompletableFuture<WebRtcClient> connect(ClientAnswer to, boolean tcp) {
    answer = to;
    (tcp
            ? ClientLine.tcp(group, to.tcp(), this::received)
            : ClientLine.udp(group, to.udp(), this::received))
        .whenComplete(
            (opened, failed) -> {
              if (failed != null) {
                connected.completeExceptionally(failed);
                return;
              }
              line = opened;
              opened.loop().execute(() -> begin(to));
            });
    return connected;
  }

  private void begin(ClientAnswer to) {
    association =
        new DtlsAssociation(
            identity, to.ourRole(), List.of(to.fingerprint()), computing, HANDSHAKE, new Dtls());
    check();
    schedule(50);
  }

  private void schedule(long millis) {
    ScheduledFuture<?> before = checks;
    if (before != null) {
      before.cancel(false);
      checks = null;
    }
    ClientLine open = line;
    if (open != null && millis > 0) {
      checks = open.loop().scheduleAtFixedRate(this::check, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Sends a check now. On the event loop. */
  private void check() {
    ClientAnswer to = answer;
    if (to != null) {
      String username = to.credentials().ufrag() + ":" + credentials.ufrag();
      byte[] id = new byte[12];
      random.nextBytes(id);
      write(
          Unpooled.wrappedBuffer(
              ClientCheck.nominating(username, to.credentials().password()).signed(id)));
    }
  }

  private void received(ByteBuf packet) {
    int first = packet.getUnsignedByte(packet.readerIndex());
    if (first <= 3) {
      stun(packet);
    } else if (first < 64) {
      DtlsAssociation begun = association;
      if (begun != null) {
        boolean unused = begun.receive(ByteBufUtil.getBytes(packet));
      }
    } else {
      media(packet);
    }
  }

  private void stun(ByteBuf packet) {
    onStun.accept(packet);
    DtlsAssociation begun = association;
    if (!answered && packet.getUnsignedShort(packet.readerIndex()) == 0x0101 && begun != null) {
      answered = true;
      schedule(checkMillis);
      begun.start();
    }
  }

  private void media(ByteBuf packet) {
    SrtpReceiver keyed = receiver;
    if (keyed == null) {
      return;
    }
    ByteBuf plain = Unpooled.buffer(packet.readableBytes());
    plain.writeBytes(packet, packet.readerIndex(), packet.readableBytes());
    view.view(plain);
    int second = plain.getUnsignedByte(1);
    boolean rtcp = second >= 192 && second <= 223;
    Opened opened = rtcp ? keyed.openRtcp(view) : keyed.openRtp(view);
    if (opened != Opened.PLAIN) {
      return;
    }
    plain.writerIndex(view.getLength());
    if (rtcp) {
      onRtcp.accept(plain);
    } else {
      packets.incrementAndGet();
      onRtp.accept(plain);
    }
  }

  /** Sends an RTP packet, given in plain text, which is released. Any thread. */
  public void sendRtp(ByteBuf plain) {
    send(plain, false);
  }

  /** Sends a compound RTCP packet. Any thread. */
  public void sendRtcp(RtcpPacket... packetsOfCompound) {
    ByteBuf plain = Unpooled.buffer(1_500);
    for (RtcpPacket each : packetsOfCompound) {
      RtcpWriter.write(plain, each);
    }
    send(plain, true);
  }

  private void send(ByteBuf plain, boolean rtcp) {
    onLoop(
        () -> {
          SrtpSender keyed = sender;
          if (keyed == null) {
            plain.release();
            return;
          }
          ByteBuf packet = Unpooled.directBuffer(plain.readableBytes() + SrtpSender.ROOM);
          packet.writeBytes(plain);
          plain.release();
          boolean good =
              rtcp
                  ? keyed.protectRtcp(packet, packet.getInt(4))
                  : keyed.protectRtp(packet, packet.getInt(8));
          if (good) {
            write(packet);
          } else {
            packet.release();
          }
        });
  }

  /** Sends bytes as they are. Any thread. */
  public void sendRaw(byte[] packet) {
    onLoop(() -> write(Unpooled.wrappedBuffer(packet)));
  }

  private void write(ByteBuf packet) {
    ClientLine open = line;
    if (open == null) {
      packet.release();
    } else {
      open.write(packet);
    }
  }

  private void onLoop(Runnable task) {
    ClientLine open = line;
    if (open != null) {
      open.loop().execute(task);
    }
  }

  /** Goes on reading what comes, or stops, as a line would that takes nothing. Any thread. */
  public void read(boolean on) {
    ClientLine open = line;
    if (open != null) {
      open.read(on);
    }
  }

  /** How many RTP packets were received and authentic. */
  public long packets() {
    return packets.get();
  }

  /** Done when the server has said goodbye. */
  public CompletableFuture<Void> goodbye() {
    return goodbye;
  }

  /** Done when DTLS has ended: by the server's goodbye or ours. */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  /** Moves to another local port, as a change of network would; the next check tells. UDP only. */
  public CompletableFuture<Void> move() {
    ClientAnswer to = answer;
    ClientLine before = line;
    if (to == null || before == null) {
      throw new IllegalStateException("connect first");
    }
    return ClientLine.udp(group, to.udp(), this::received)
        .thenAccept(
            opened -> {
              line = opened;
              before.close();
              opened
                  .loop()
                  .execute(
                      () -> {
                        check();
                        schedule(checkMillis);
                      });
            });
  }

  /** Checks with new credentials from now on, after an ICE restart. */
  public void restarted(IceCredentials theirs) {
    ClientAnswer before = answer;
    if (before != null) {
      answer =
          new ClientAnswer(
              theirs,
              before.fingerprint(),
              before.ourRole(),
              before.udp(),
              before.tcp(),
              before.ports(),
              before.ssrcs());
      onLoop(this::check);
    }
  }

  /** Goes without a word. */
  public void vanish() {
    ClientLine open = line;
    if (open != null) {
      open.loop().execute(() -> schedule(0));
      open.close().awaitUninterruptibly();
    }
    DtlsAssociation begun = association;
    if (begun != null) {
      begun.close();
    }
  }

  /** Says goodbye by DTLS, then goes. */
  @Override
  public void close() {
    DtlsAssociation begun = association;
    ClientLine open = line;
    if (open == null) {
      return;
    }
    open.loop().execute(() -> schedule(0));
    if (begun != null && connected.isDone() && !connected.isCompletedExceptionally()) {
      begun.close();
      ended.orTimeout(5, TimeUnit.SECONDS).handle((v, e) -> v).join();
    } else if (begun != null) {
      begun.close();
    }
    // After what others have left to the loop to be written.
    open.loop().submit(() -> {}).awaitUninterruptibly();
    open.close().awaitUninterruptibly();
  }

  private final class Dtls implements DtlsEvents {
    @Override
    public void send(byte[] datagram) {
      onLoop(() -> write(Unpooled.wrappedBuffer(datagram)));
    }

    @Override
    public void secured(SrtpKeys keys) {
      onLoop(
          () -> {
            sender = new SrtpSender(keys);
            receiver = new SrtpReceiver(keys);
            connected.complete(WebRtcClient.this);
          });
    }

    @Override
    public void failed(DtlsFailure why) {
      connected.completeExceptionally(new IllegalStateException("DTLS failed: " + why));
    }

    @Override
    public void goodbye() {
      goodbye.complete(null);
    }

    @Override
    public void ended() {
      onLoop(
          () -> {
            SrtpSender keyed = sender;
            sender = null;
            if (keyed != null) {
              keyed.close();
            }
          });
      ended.complete(null);
    }
  }
}
