package org.kakehashi.media.channel;

/** Somewhere a source's packets go. A sink never knows who speaks beyond the source it is told. */
@FunctionalInterface
public interface Sink {
  /**
   * Takes a packet. Called on the source's thread, must not block, and must {@linkplain
   * MediaPacket#retain retain} the packet to use it after returning.
   *
   * @param from the source it comes from; its codec tells how to read the payload
   * @param packet the packet, owned by the caller
   */
  void accept(Source from, MediaPacket packet);

  /**
   * Whether anything becomes of the packets it would be given now. A channel stays attached to what
   * feeds it though nobody listens. Thread: any.
   */
  default boolean isListening() {
    return true;
  }
}
