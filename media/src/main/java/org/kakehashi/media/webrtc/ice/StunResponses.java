package org.kakehashi.media.webrtc.ice;

import java.net.InetSocketAddress;
import org.ice4j.StunException;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Request;
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

  private StunResponses() {}

  /** Success: tells {@code source} its own address, as we see it. */
  public static byte[] success(byte[] transactionId, InetSocketAddress source, String password) {
    Request request = MessageFactory.createBindingRequest();
    identify(request, transactionId);
    Response response =
        MessageFactory.createBindingResponse(
            request, new TransportAddress(source.getAddress(), source.getPort(), Transport.UDP));
    return StunIntegrity.fingerprint(StunIntegrity.sign(encode(response, transactionId), password));
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
