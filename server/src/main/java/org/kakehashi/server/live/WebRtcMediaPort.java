package org.kakehashi.server.live;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.media.webrtc.IncomingTrack;
import org.kakehashi.media.webrtc.OutgoingTrack;
import org.kakehashi.media.webrtc.Peer;
import org.kakehashi.media.webrtc.PeerEvents;
import org.kakehashi.media.webrtc.PeerPlan;
import org.kakehashi.media.webrtc.PictureService;
import org.kakehashi.media.webrtc.WebRtcPort;
import org.kakehashi.media.webrtc.WebRtcStats;

/** The real {@link MediaPort}. Thread: any. */
final class WebRtcMediaPort implements MediaPort {
  private final WebRtcPort port;

  WebRtcMediaPort(WebRtcPort port) {
    this.port = port;
  }

  @Override
  public MediaPeer accept(
      String offer,
      PeerPlan plan,
      Runnable connected,
      Consumer<PictureService> pictures,
      Consumer<CloseReason> closed) {
    return new WebRtcPeer(
        port.accept(
            offer,
            plan,
            new PeerEvents() {
              @Override
              public void connected(Peer peer) {
                connected.run();
              }

              @Override
              public void pictures(Peer peer, PictureService now) {
                pictures.accept(now);
              }

              @Override
              public void closed(Peer peer, CloseReason why) {
                closed.accept(why);
              }
            }));
  }

  @Override
  public WebRtcStats.Load load() {
    return port.load();
  }

  private record WebRtcPeer(Peer peer) implements MediaPeer {
    @Override
    public String id() {
      return peer.id();
    }

    @Override
    public String answer() {
      return peer.answer();
    }

    @Override
    public String etag() {
      return peer.etag();
    }

    @Override
    public Optional<String> patch(String fragment) {
      return peer.patch(fragment);
    }

    @Override
    public List<Source> incoming() {
      return peer.incoming().stream().map(IncomingTrack::source).toList();
    }

    @Override
    public List<Ear> outgoing() {
      return peer.outgoing().stream().<Ear>map(OutgoingEar::new).toList();
    }

    @Override
    public void close(CloseReason why) {
      peer.close(why);
    }
  }

  private record OutgoingEar(OutgoingTrack track) implements Ear {
    @Override
    public boolean isAudio() {
      return track.isAudio();
    }

    @Override
    public void listen(@Nullable Feed feed) {
      track.listen(feed);
    }
  }
}
