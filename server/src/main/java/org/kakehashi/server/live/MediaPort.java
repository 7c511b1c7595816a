package org.kakehashi.server.live;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.media.webrtc.PeerPlan;
import org.kakehashi.media.webrtc.PictureService;
import org.kakehashi.media.webrtc.WebRtcStats;

/** What a session needs of the WebRTC port: a seam, so that its rules are tested without a wire. */
interface MediaPort {
  /**
   * Answers an offer. Never blocks.
   *
   * @param connected called once when media can flow; on a media loop, must not block
   * @param pictures told how much of the pictures it asked for the client is sent, when that
   *     changes; on a media loop, must not block
   * @param closed called exactly once at the end; on a media loop, must not block
   * @throws org.kakehashi.media.webrtc.OfferRejected if it cannot be answered
   */
  MediaPeer accept(
      String offer,
      PeerPlan plan,
      Runnable connected,
      Consumer<PictureService> pictures,
      Consumer<CloseReason> closed);

  /** How much the node has to do now, for all its sessions. Cheap; thread: any. */
  WebRtcStats.Load load();

  /** One client on the port. */
  interface MediaPeer {
    /** Unguessable, and safe in a URL. */
    String id();

    /** The SDP answer. */
    String answer();

    /** Names the present ICE session. */
    String etag();

    /** Takes trickled candidates or an ICE restart; as {@code Peer.patch}. */
    Optional<String> patch(String fragment);

    /** What it sends. */
    List<Source> incoming();

    /** What it is sent, in the order of the media lines. */
    List<Ear> outgoing();

    /** Ends it; harmless if it has ended. */
    void close(CloseReason why);
  }

  /** One media line on which a client is sent what it listens to. */
  interface Ear {
    /** Whether this is sound rather than picture. */
    boolean isAudio();

    /** Listens to {@code feed} from now on; to nothing if null. */
    void listen(@Nullable Feed feed);
  }
}
