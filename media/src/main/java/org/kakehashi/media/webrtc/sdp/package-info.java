/**
 * Session descriptions (RFC 8866, RFC 9429): what a client offers, what is agreed of it, and the
 * answer that says so. Pure: text in, text out.
 *
 * <pre>
 *   text ─▶ SdpParser ─▶ SessionDescription ─▶ Offer ─▶ Negotiation ─▶ AgreedMedia ─▶ AnswerWriter ─▶ text
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.media.webrtc.sdp;
