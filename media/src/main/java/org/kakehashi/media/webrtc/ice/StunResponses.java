package org.kakehashi.media.webrtc.ice;

import java.net.InetSocketAddress;
import org.ice4j.StunException;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Response;

/** Answers to binding requests (RFC 8489 §6.3), ready to be sent. */
public final class StunResponses {
  /** The request lacks a username or an integrity. */
  public static final int BAD_REQUEST = 400;

  /** The integrity is wrong, or the username is nobody's. */
  public static final int UNAUTHENTICATED = 401;

  /** The request has attributes that must be understood and are not. */
  public static final int UNKNOWN_ATTRIBUTE = 420;

  /** Both sides believe to be in the controlled role (RFC 8445 §7.3.1.1). */
  public static final int ROLE_CONFLICT = 487;

  private static final int HEADER = 20;
  private static final int COOKIE_AT = 4;
  private static final int MAGIC_COOKIE = 0x2112A442;
  private static final int TRANSACTION_ID = 12;
  private static final int BINDING_SUCCESS = 0x0101;
  private static final int XOR_MAPPED_ADDRESS = 0x0020;
  private static final int ADDRESS_AT = HEADER + 8;

  private StunResponses() {}

  /**
   * Success: tells {@code source} its own address, as we see it. Written by hand, since a crowd of
   * listeners asks for hundreds of these a second.
   *
   * <pre>
   *   | 0x0101 | length | magic cookie 4 | transaction id 12 |
   *   | 0x0020 | length | 0 | family 1 | port ⊕ | address ⊕ 4 or 16 |      RFC 8489 §14.2
   * </pre>
   */
  public static byte[] success(byte[] transactionId, InetSocketAddress source, String password) {
    byte[] address = source.getAddress().getAddress();
    byte[] message = new byte[ADDRESS_AT + address.length];
    StunRequest.putUint16(message, 0, BINDING_SUCCESS);
    StunRequest.putUint16(message, 2, message.length - HEADER);
    StunRequest.putUint16(message, COOKIE_AT, MAGIC_COOKIE >>> 16);
    StunRequest.putUint16(message, COOKIE_AT + 2, MAGIC_COOKIE & 0xFFFF);
    System.arraycopy(transactionId, 0, message, COOKIE_AT + 4, TRANSACTION_ID);
    StunRequest.putUint16(message, HEADER, XOR_MAPPED_ADDRESS);
    StunRequest.putUint16(message, HEADER + 2, 4 + address.length);
    message[HEADER + 5] = (byte) (address.length == 4 ? 1 : 2);
    StunRequest.putUint16(message, HEADER + 6, source.getPort() ^ MAGIC_COOKIE >>> 16);
    for (int i = 0; i < address.length; i++) {
      message[ADDRESS_AT + i] = (byte) (address[i] ^ message[COOKIE_AT + i]);
    }
    return StunIntegrity.fingerprint(StunIntegrity.sign(message, password));
  }

  /** An error that needs no password, because the request had none that counts. */
  public static byte[] error(byte[] transactionId, int code) {
    Response response = MessageFactory.createBindingErrorResponse((char) code, reason(code));
    return StunIntegrity.fingerprint(encode(response, transactionId));
  }

  /** An error to an authenticated request. */
  public static byte[] error(byte[] transactionId, int code, String password) {
    Response response = MessageFactory.createBindingErrorResponse((char) code, reason(code));
    return StunIntegrity.fingerprint(StunIntegrity.sign(encode(response, transactionId), password));
  }

  /** {@link #UNKNOWN_ATTRIBUTE}, naming them, to an authenticated request. */
  public static byte[] unknownAttributes(byte[] transactionId, int[] unknown, String password) {
    char[] types = new char[unknown.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = (char) unknown[i];
    }
    Response response =
        MessageFactory.createBindingErrorResponse(
            (char) UNKNOWN_ATTRIBUTE, reason(UNKNOWN_ATTRIBUTE), types);
    return StunIntegrity.fingerprint(StunIntegrity.sign(encode(response, transactionId), password));
  }

  private static String reason(int code) {
    return switch (code) {
      case BAD_REQUEST -> "Bad Request";
      case UNAUTHENTICATED -> "Unauthenticated";
      case UNKNOWN_ATTRIBUTE -> "Unknown Attribute";
      default -> "Role Conflict";
    };
  }

  private static byte[] encode(Response response, byte[] transactionId) {
    identify(response, transactionId);
    return response.encode(null); // Without an integrity of its own ice4j needs no stack.
  }

  private static void identify(Message message, byte[] transactionId) {
    try {
      message.setTransactionID(transactionId);
    } catch (StunException wrongLength) {
      throw new IllegalArgumentException("a transaction id has 12 bytes", wrongLength);
    }
  }
}
