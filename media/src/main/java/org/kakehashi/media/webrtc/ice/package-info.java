/**
 * What ICE-lite needs (RFC 8445 §2.5): connectivity checks read and answered, and frames on TCP.
 *
 * <pre>
 *   bytes ─▶ StunRequest ─ signed with the peer's password? ─▶ Check ─▶ StunResponses ─▶ bytes
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.media.webrtc.ice;
