/**
 * A WebRTC client in a few classes, for tests and for load: offers, connects over UDP or TCP,
 * counts and hands out what it receives, sends what it is given. As ICE-full as a server that is
 * lite needs.
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.media.webrtc.client;
