package org.kakehashi.server.problem;

/**
 * Every kind of problem a client can meet. The name is stable: pages translate it, scripts compare
 * it. Each is explained in {@code docs/api/problems.md}.
 */
public enum ProblemType {
  /** The request is not well-formed: JSON, SDP fragment, header or parameter. */
  MALFORMED("malformed", 400, "The request cannot be read"),
  /** A token is needed and none came. */
  NO_TOKEN("no-token", 401, "A token is needed"),
  /** The token is forged, expired, or not for this server. */
  BAD_TOKEN("bad-token", 401, "The token is not accepted"),
  /** The person's role does not allow this, or does not hold in this session. */
  WRONG_ROLE("wrong-role", 403, "Your role does not allow this"),
  /** The resource belongs to somebody else. */
  NOT_YOURS("not-yours", 403, "This belongs to somebody else"),
  /** The session has ended and its recording is not published. */
  NOT_PUBLISHED("not-published", 403, "The recording is not published"),
  /** There is nothing at this address. */
  NOT_FOUND("not-found", 404, "There is nothing here"),
  /** No session has this id. */
  NO_SUCH_SESSION("no-such-session", 404, "No such session"),
  /** The session has no such channel. */
  NO_SUCH_CHANNEL("no-such-channel", 404, "No such channel in this session"),
  /** The connection is unknown, or has ended. */
  NO_SUCH_CONNECTION("no-such-connection", 404, "No such connection"),
  /** No source in the session has this id. */
  NO_SUCH_SOURCE("no-such-source", 404, "No such source on this stage"),
  /** The file to play is not in the files folder. */
  NO_SUCH_FILE("no-such-file", 404, "No such file"),
  /** The session is not recorded, or its recording was deleted. */
  NO_SUCH_RECORDING("no-such-recording", 404, "No such recording"),
  /** The method is not for this resource; {@code Allow} says which are. */
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "This method is not for this resource"),
  /** The client accepts none of the formats this answers in. */
  NOT_ACCEPTABLE("not-acceptable", 406, "No acceptable format"),
  /** Nothing, or not enough, came in time. */
  TOO_SLOW("too-slow", 408, "The request took too long"),
  /** Another booth has the channel (interlock). */
  INTERLOCK("interlock", 409, "Another booth is on this channel"),
  /** The booth partner has the microphone. */
  PARTNER_ON_AIR("partner-on-air", 409, "Your booth partner has the microphone"),
  /** The choice of an incoming channel would make a loop. */
  RELAY_LOOP("relay-loop", 409, "This relay would make a loop"),
  /** The state of the session, or of the connection, does not allow this now. */
  CONFLICT("conflict", 409, "This is not possible now"),
  /** The session has ended. */
  SESSION_ENDED("session-ended", 410, "The session has ended"),
  /** {@code If-Match} names an older ICE session. */
  OUT_OF_DATE("out-of-date", 412, "The connection has changed meanwhile"),
  /** The body, or a message, is larger than allowed. */
  TOO_LARGE("too-large", 413, "Too large"),
  /** The body's media type is not the one this reads. */
  WRONG_MEDIA_TYPE("wrong-media-type", 415, "Wrong media type"),
  /** {@code Range} asks for bytes that are not there. */
  NO_SUCH_RANGE("no-such-range", 416, "No such range"),
  /** The SDP offer, or its fragment, cannot be answered. */
  BAD_OFFER("bad-offer", 422, "The offer cannot be answered"),
  /** The captions are not WebVTT. */
  BAD_CAPTIONS("bad-captions", 422, "The captions cannot be read"),
  /** Well-formed, but a value is not one of those allowed. */
  INVALID("invalid", 422, "A value is not allowed"),
  /** {@code If-Match} is needed (RFC 9725, section 4.3.1). */
  NO_PRECONDITION("no-precondition", 428, "If-Match is needed"),
  /** More requests than allowed; {@code Retry-After} says when to come back. */
  TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests"),
  /** A fault of the server, which its log explains. */
  INTERNAL("internal", 500, "The server made a mistake"),
  /** The server, or the session, is full. */
  AT_CAPACITY("at-capacity", 503, "The server is full"),
  /** The session is recorded, but what was asked for is not there yet. */
  NOTHING_YET("nothing-yet", 503, "Nothing to play yet"),
  /** The server is starting or stopping. */
  UNAVAILABLE("unavailable", 503, "The server is not available now");

  private final String uri;
  private final int status;
  private final String title;

  ProblemType(String name, int status, String title) {
    this.uri = "/problems/" + name;
    this.status = status;
    this.title = title;
  }

  /** The {@code type} member: a URI reference that never changes. */
  public String uri() {
    return uri;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** A short English sentence, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** A problem of this kind, explained. */
  public Problem because(String detail) {
    return new Problem(this, detail);
  }
}
