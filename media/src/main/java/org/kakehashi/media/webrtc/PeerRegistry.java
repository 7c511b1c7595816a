package org.kakehashi.media.webrtc;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose a packet is: by username fragment for a check, by source address for the rest. Any thread:
 * the kernel gives a datagram to whichever loop's socket it likes.
 */
final class PeerRegistry {
  private final Map<String, Peer> byId = new ConcurrentHashMap<>();
  private final Map<String, Peer> byFragment = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, Peer> byAddress = new ConcurrentHashMap<>();

  void add(Peer peer, String fragment) {
    byId.put(peer.id(), peer);
    byFragment.put(fragment, peer);
  }

  void addFragment(Peer peer, String fragment) {
    byFragment.put(fragment, peer);
  }

  void removeFragment(Peer peer, String fragment) {
    byFragment.remove(fragment, peer);
  }

  /** An authenticated check came from there: whatever comes from there now is {@code peer}'s. */
  void bind(InetSocketAddress address, Peer peer) {
    byAddress.put(address, peer);
  }

  void unbind(InetSocketAddress address, Peer peer) {
    byAddress.remove(address, peer);
  }

  void remove(Peer peer, List<String> fragments, List<Path> paths) {
    byId.remove(peer.id(), peer);
    fragments.forEach(fragment -> byFragment.remove(fragment, peer));
    paths.forEach(path -> byAddress.remove(path.remote(), peer));
  }

  Optional<Peer> ofFragment(String fragment) {
    return Optional.ofNullable(byFragment.get(fragment));
  }

  Optional<Peer> ofAddress(InetSocketAddress address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  Collection<Peer> all() {
    return byId.values();
  }
}
