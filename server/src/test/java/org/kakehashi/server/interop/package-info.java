/**
 * Peers that are not ours: libwebrtc, as browsers and apps contain it, in a process of its own so
 * that what it does natively cannot end the tests.
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.interop;
