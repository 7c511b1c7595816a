package org.kakehashi.media.webrtc.ice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.ice4j.StunException;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.PriorityAttribute;
import org.ice4j.message.Message;

/**
 * A STUN binding request as it came, and as far as it can be believed before its MESSAGE-INTEGRITY
 * is verified: whom it is for. The integrity is computed over the raw bytes, and only what it
 * covers is then decoded.
 *
 * <pre>
 *    0       2       4              8                        20
 *   +-------+-------+--------------+------------------------+------------ …
 *   | type  |length | magic cookie | transaction id         | attributes
 *   +-------+-------+--------------+------------------------+------------ …
 * </pre>
 */
public final class StunRequest {
  private static final int HEADER = 20;
  private static final int MAX_LENGTH = 1_500;
  private static final int MAGIC_COOKIE = 0x2112A442;
  private static final int BINDING_REQUEST = 0x0001;
  private static final int HMAC = 20;
  private static final long FINGERPRINT_XOR = 0x5354554EL;

  private final byte[] raw;
  private String username = "";
  private int integrityAt = -1;
  private int[] unknown = {};

  private StunRequest(byte[] raw) {
    this.raw = raw;
  }

  /**
   * Reads the outline of a message.
   *
   * @param raw the datagram; kept, so not to be changed afterwards
   * @return empty if it is no STUN message, not a binding request, or its FINGERPRINT is wrong
   */
  public static Optional<StunRequest> read(byte[] raw) {
    if (raw.length < HEADER
        || raw.length > MAX_LENGTH
        || raw.length % 4 != 0
        || uint16(raw, 0) != BINDING_REQUEST
        || uint16(raw, 2) != raw.length - HEADER
        || int32(raw, 4) != MAGIC_COOKIE) {
      return Optional.empty();
    }
    StunRequest request = new StunRequest(raw);
    return request.readAttributes() ? Optional.of(request) : Optional.empty();
  }

  private boolean readAttributes() {
    int at = HEADER;
    while (at < raw.length) {
      int type = uint16(raw, at);
      int length = uint16(raw, at + 2);
      int next = at + 4 + (length + 3) / 4 * 4;
      if (next > raw.length) {
        return false;
      }
      if (type == Attribute.FINGERPRINT) {
        return length == 4 && next == raw.length && fingerprintAt(at);
      }
      if (integrityAt < 0) { // What follows the integrity is ignored (RFC 8489 §14.5).
        switch (type) {
          case Attribute.USERNAME -> username = utf8(at + 4, length);
          case Attribute.MESSAGE_INTEGRITY -> {
            if (length != HMAC) {
              return false;
            }
            integrityAt = at;
          }
          default -> noteUnknown(type);
        }
      }
      at = next;
    }
    return true;
  }

  private void noteUnknown(int type) {
    boolean known =
        type >= 0x8000
            || type == Attribute.PRIORITY
            || type == Attribute.USE_CANDIDATE
            || type == Attribute.REALM
            || type == Attribute.NONCE;
    if (!known && unknown.length < 16) {
      unknown = Arrays.copyOf(unknown, unknown.length + 1);
      unknown[unknown.length - 1] = type;
    }
  }

  private boolean fingerprintAt(int at) {
    CRC32 crc = new CRC32();
    crc.update(raw, 0, at);
    return (crc.getValue() ^ FINGERPRINT_XOR) == (int32(raw, at + 4) & 0xFFFFFFFFL);
  }

  /** Identifies the request; its answer carries the same. A copy of 12 bytes. */
  public byte[] transactionId() {
    return Arrays.copyOfRange(raw, 8, HEADER);
  }

  /** Whether it has what short-term credentials want: a username and an integrity. */
  public boolean hasCredentials() {
    return !username.isEmpty() && integrityAt >= 0;
  }

  /** The username, {@code ours:theirs}; not to be believed yet. */
  public String username() {
    return username;
  }

  /** The username fragment it is addressed to: what comes before the colon. */
  public String localFragment() {
    int colon = username.indexOf(':');
    return colon < 0 ? username : username.substring(0, colon);
  }

  /** Attributes that must be understood and are not (RFC 8489 §6.3.1). */
  public int[] unknownAttributes() {
    return unknown.clone();
  }

  /** Whether its integrity was made with {@code password}. */
  public boolean signedWith(String password) {
    if (integrityAt < 0) {
      return false;
    }
    byte[] covered = Arrays.copyOf(raw, integrityAt);
    putUint16(covered, 2, integrityAt + 4 + HMAC - HEADER);
    byte[] expected = StunIntegrity.hmac(covered, covered.length, password);
    byte[] given = Arrays.copyOfRange(raw, integrityAt + 4, integrityAt + 4 + HMAC);
    return MessageDigest.isEqual(expected, given);
  }

  /**
   * What a request whose integrity was verified asks for; empty if the part that the integrity
   * covers does not hold together.
   */
  public Optional<Check> check() {
    byte[] covered = Arrays.copyOf(raw, integrityAt < 0 ? raw.length : integrityAt);
    putUint16(covered, 2, covered.length - HEADER);
    try {
      Message message = Message.decode(covered, 0, covered.length);
      long priority =
          message.getAttribute(Attribute.PRIORITY) instanceof PriorityAttribute p
              ? p.getPriority()
              : 0;
      return Optional.of(
          new Check(
              priority,
              message.getAttribute(Attribute.USE_CANDIDATE) != null,
              message.getAttribute(Attribute.ICE_CONTROLLED) != null));
    } catch (StunException | RuntimeException malformed) {
      return Optional.empty();
    }
  }

  private String utf8(int at, int length) {
    return length > 513 ? "" : new String(raw, at, length, StandardCharsets.UTF_8);
  }

  static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }

  static int int32(byte[] bytes, int at) {
    return uint16(bytes, at) << 16 | uint16(bytes, at + 2);
  }

  static void putUint16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }
}
