package org.kakehashi.server.live;

import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.media.webrtc.OfferRejected;
import org.kakehashi.media.webrtc.PeerPlan;
import org.kakehashi.media.webrtc.PictureService;
import org.kakehashi.media.webrtc.WebRtcStats;

/**
 * A media port without a wire. An offer is words: {@code audio}, {@code video}, as many of each as
 * there are media lines; {@code bad} is rejected.
 */
final class FakePort implements MediaPort {
  final List<FakePeer> peers = new ArrayList<>();
  WebRtcStats.Load load = new WebRtcStats.Load(Duration.ZERO, 0, 0, 0, 0, false);

  @Override
  public MediaPeer accept(
      String offer,
      PeerPlan plan,
      Runnable connected,
      Consumer<PictureService> pictures,
      Consumer<CloseReason> closed) {
    if (offer.contains("bad")) {
      throw new OfferRejected(OfferRejected.Reason.MALFORMED, "This is not SDP");
    }
    FakePeer peer =
        new FakePeer("peer-" + (peers.size() + 1), offer, plan, connected, pictures, closed);
    peers.add(peer);
    return peer;
  }

  @Override
  public WebRtcStats.Load load() {
    return load;
  }

  /** The peer of a connection. */
  FakePeer of(Connection connection) {
    return peers.stream().filter(peer -> peer.id.equals(connection.id())).findFirst().orElseThrow();
  }

  /** A client. */
  static final class FakePeer implements MediaPeer {
    final String id;
    final List<Source> incoming = new ArrayList<>();
    final List<FakeEar> outgoing = new ArrayList<>();
    final Runnable connected;
    final Consumer<PictureService> pictures;
    final Consumer<CloseReason> closed;
    @Nullable CloseReason closedWhy;
    private long sequence;

    FakePeer(
        String id,
        String offer,
        PeerPlan plan,
        Runnable connected,
        Consumer<PictureService> pictures,
        Consumer<CloseReason> closed) {
      this.id = id;
      this.connected = connected;
      this.pictures = pictures;
      this.closed = closed;
      for (String word : offer.split(" ", -1)) {
        boolean audio = word.equals("audio");
        if (!audio && !word.equals("video")) {
          continue;
        }
        int in = audio ? plan.audioIn() : plan.videoIn();
        int out = audio ? plan.audioOut() : plan.videoOut();
        Codec codec = audio ? Codec.OPUS : Codec.H264;
        if (incoming.stream().filter(s -> s.codec().isAudio() == audio).count() < in) {
          incoming.add(new Source(id + "-" + word, codec, plan.clock()));
        }
        if (outgoing.stream().filter(e -> e.audio == audio).count() < out) {
          outgoing.add(new FakeEar(audio));
        }
      }
    }

    /** Sends one packet on every line. */
    void send(int level) {
      for (Source source : incoming) {
        source.publish(
            new MediaPacket(
                Unpooled.EMPTY_BUFFER, sequence++, source.clock().now(), false, true, level));
      }
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String answer() {
      return "answer of " + id;
    }

    @Override
    public String etag() {
      return "\"1\"";
    }

    @Override
    public Optional<String> patch(String fragment) {
      return Optional.empty();
    }

    @Override
    public List<Source> incoming() {
      return incoming;
    }

    @Override
    public List<Ear> outgoing() {
      return List.copyOf(outgoing);
    }

    @Override
    public void close(CloseReason why) {
      if (closedWhy == null) {
        closedWhy = why;
        closed.accept(why);
      }
    }
  }

  /** A media line to a client, and what it listens to. */
  static final class FakeEar implements Ear {
    final boolean audio;
    @Nullable Feed feed;

    FakeEar(boolean audio) {
      this.audio = audio;
    }

    @Override
    public boolean isAudio() {
      return audio;
    }

    @Override
    public void listen(@Nullable Feed next) {
      feed = next;
    }
  }
}
