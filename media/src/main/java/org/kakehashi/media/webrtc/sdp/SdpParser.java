package org.kakehashi.media.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.sdp.SdpException.Fault;

/**
 * Takes SDP apart (RFC 8866 §9): strict about its shape, indifferent to lines it has no use for.
 * Lines may end in CRLF or LF. Bounded in length, lines and media.
 */
public final class SdpParser {
  private static final int MAX_LINES = 4_000;
  private static final int MAX_LINE = 4_096;
  private static final int MAX_MEDIA = 32;
  private static final int MAX_FORMATS = 128;

  private final List<SdpAttribute> session = new ArrayList<>();
  private final List<MediaSection> media = new ArrayList<>();
  private @Nullable MediaLine open;

  private SdpParser() {}

  /**
   * Parses an offer or answer.
   *
   * @param maxChars the longest text that is read
   * @throws SdpException {@link Fault#TOO_LARGE} or {@link Fault#MALFORMED}
   */
  public static SessionDescription parse(String text, int maxChars) {
    List<String> lines = lines(text, maxChars);
    if (lines.size() < 3
        || !lines.get(0).equals("v=0")
        || !lines.get(1).startsWith("o=")
        || !lines.get(2).startsWith("s=")) {
      throw SdpException.malformed("The description does not begin with v=0, o= and s= lines.");
    }
    return new SdpParser().read(lines.subList(3, lines.size()));
  }

  /**
   * Parses a fragment (RFC 8840 §9): attributes, and perhaps media lines, without the session's
   * lines.
   *
   * @param maxChars the longest text that is read
   * @throws SdpException {@link Fault#TOO_LARGE} or {@link Fault#MALFORMED}
   */
  public static SessionDescription parseFragment(String text, int maxChars) {
    return new SdpParser().read(lines(text, maxChars));
  }

  private SessionDescription read(List<String> lines) {
    for (String line : lines) {
      String value = line.substring(2);
      switch (line.charAt(0)) {
        case 'm' -> beginMedia(value);
        case 'a' -> attribute(value);
        default -> {} // c=, b=, t= and the like: ICE and the codecs say more than they do.
      }
    }
    endMedia();
    return new SessionDescription(session, media);
  }

  private void beginMedia(String value) {
    endMedia();
    if (media.size() == MAX_MEDIA) {
      throw new SdpException(Fault.TOO_LARGE, "More than " + MAX_MEDIA + " media lines.");
    }
    String[] fields = value.split(" ", -1);
    if (fields.length < 4 || fields.length > 3 + MAX_FORMATS || fields[0].isEmpty()) {
      throw SdpException.malformed("A media line is not “m=media port protocol formats”.");
    }
    String port = fields[1];
    int slash = port.indexOf('/');
    List<String> formats = new ArrayList<>();
    for (int i = 3; i < fields.length; i++) {
      if (fields[i].isEmpty()) {
        throw SdpException.malformed("A media line has an empty format.");
      }
      formats.add(fields[i]);
    }
    int number = number(slash < 0 ? port : port.substring(0, slash), 0xFFFF);
    if (number < 0) {
      throw SdpException.malformed("A media line's port is no port number.");
    }
    open = new MediaLine(fields[0], number, fields[2], formats, new ArrayList<>());
  }

  private void attribute(String value) {
    int colon = value.indexOf(':');
    String name = colon < 0 ? value : value.substring(0, colon);
    if (name.isEmpty()) {
      throw SdpException.malformed("An attribute has no name.");
    }
    SdpAttribute attribute = new SdpAttribute(name, colon < 0 ? "" : value.substring(colon + 1));
    MediaLine line = open;
    (line == null ? session : line.attributes()).add(attribute);
  }

  private void endMedia() {
    MediaLine line = open;
    if (line != null) {
      media.add(
          new MediaSection(
              line.media(), line.port(), line.protocol(), line.formats(), line.attributes()));
    }
    open = null;
  }

  private static List<String> lines(String text, int maxChars) {
    if (text.length() > maxChars) {
      throw new SdpException(
          Fault.TOO_LARGE, "The description is longer than " + maxChars + " characters.");
    }
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int next = end < 0 ? text.length() : end + 1;
      int to = end < 0 ? text.length() : end;
      if (to > from && text.charAt(to - 1) == '\r') {
        to--;
      }
      if (to > from) {
        lines.add(checked(text.substring(from, to)));
      }
      if (lines.size() > MAX_LINES) {
        throw new SdpException(Fault.TOO_LARGE, "More than " + MAX_LINES + " lines.");
      }
      from = next;
    }
    return lines;
  }

  private static String checked(String line) {
    if (line.length() > MAX_LINE) {
      throw new SdpException(Fault.TOO_LARGE, "A line is longer than " + MAX_LINE + " characters.");
    }
    if (line.length() < 2 || line.charAt(1) != '=' || !isLetter(line.charAt(0))) {
      throw SdpException.malformed("A line is not of the form “x=…”.");
    }
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < ' ' || c == 0x7F) {
        throw SdpException.malformed("A line has a control character in it.");
      }
    }
    return line;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  /** A decimal number of 0 to {@code max}; -1 for anything else. */
  static int number(String digits, int max) {
    if (digits.isEmpty() || digits.length() > 9) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value <= max ? value : -1;
  }

  private record MediaLine(
      String media,
      int port,
      String protocol,
      List<String> formats,
      List<SdpAttribute> attributes) {}
}
