package org.kakehashi.server.live;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.media.webrtc.OfferRejected;
import org.kakehashi.server.live.MediaPort.MediaPeer;
import org.kakehashi.server.people.Person;

/**
 * A person's peer on the media port. Threads: the methods of {@link Connection} any; those of
 * {@link Publication} the session's.
 */
final class MediaConnection implements Connection, Publication {
  private final Kind kind;
  private final Connections connections;
  private final MediaPeer peer;
  private final Person owner;
  private long readySinceTicks = Long.MIN_VALUE;

  MediaConnection(Kind kind, Connections connections, Person owner, MediaPeer peer) {
    this.kind = kind;
    this.connections = connections;
    this.owner = owner;
    this.peer = peer;
  }

  @Override
  public String id() {
    return peer.id();
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public LiveSession session() {
    return connections.session();
  }

  @Override
  public Person owner() {
    return owner;
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
  public Optional<String> patch(String sdpFragment) {
    try {
      return peer.patch(sdpFragment);
    } catch (OfferRejected rejected) {
      throw Offers.problem(rejected).asException();
    }
  }

  @Override
  public void close() {
    connections.close(this);
  }

  /** Media can flow from now on. */
  void ready(long nowTicks) {
    readySinceTicks = nowTicks;
  }

  MediaPeer peer() {
    return peer;
  }

  @Override
  public @Nullable Source audio() {
    return track(true);
  }

  @Override
  public @Nullable Source video() {
    return track(false);
  }

  private @Nullable Source track(boolean audio) {
    for (Source source : peer.incoming()) {
      if (source.codec().isAudio() == audio) {
        return source;
      }
    }
    return null;
  }

  @Override
  public long readySinceTicks() {
    return readySinceTicks;
  }

  @Override
  public Optional<MediaConnection> connection() {
    return Optional.of(this);
  }

  @Override
  public void end(CloseReason why) {
    peer.close(why);
  }
}
