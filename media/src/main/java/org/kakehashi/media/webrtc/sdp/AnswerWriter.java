package org.kakehashi.media.webrtc.sdp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes answers, and the fragments that answer an ICE restart (RFC 9725 §4.3.3). */
public final class AnswerWriter {
  private final StringBuilder out = new StringBuilder(2_048);
  private final LocalTransport transport;

  private AnswerWriter(LocalTransport transport) {
    this.transport = transport;
  }

  /**
   * The answer to {@code offer}.
   *
   * @param sessionId for the {@code o=} line, 1 to 2^62
   * @param agreed the lines accepted; every other line is refused
   * @param senders by the line's index, for the lines we send on
   */
  public static String answer(
      Offer offer,
      long sessionId,
      List<AgreedMedia> agreed,
      LocalTransport transport,
      Map<Integer, SenderName> senders) {
    AnswerWriter writer = new AnswerWriter(transport);
    writer.line("v=0");
    writer.line("o=- " + sessionId + " 1 IN IP4 127.0.0.1");
    writer.line("s=-");
    writer.line("t=0 0");
    writer.session(agreed);
    writer.line("a=msid-semantic: WMS *");
    Map<Integer, AgreedMedia> byIndex = new HashMap<>();
    agreed.forEach(media -> byIndex.put(media.offered().index(), media));
    for (OfferedMedia line : offer.media()) {
      AgreedMedia media = byIndex.get(line.index());
      if (media == null) {
        writer.refused(line);
      } else {
        writer.accepted(media, media == agreed.getFirst());
        SenderName sender = senders.get(line.index());
        if (sender != null) {
          writer.sender(sender);
        }
      }
    }
    return writer.out.toString();
  }

  /** The fragment that tells of new credentials after an ICE restart. */
  public static String restart(List<AgreedMedia> agreed, LocalTransport transport) {
    AnswerWriter writer = new AnswerWriter(transport);
    writer.session(agreed);
    AgreedMedia first = agreed.getFirst();
    writer.line(
        "m=" + first.offered().kind() + " 9 " + first.offered().protocol() + " " + formats(first));
    writer.mid(first.offered());
    writer.credentials();
    writer.candidates();
    return writer.out.toString();
  }

  private void session(List<AgreedMedia> agreed) {
    String mids =
        agreed.stream()
            .map(media -> media.offered().mid())
            .filter(mid -> !mid.isEmpty())
            .collect(Collectors.joining(" "));
    if (!mids.isEmpty()) {
      line("a=group:BUNDLE " + mids);
    }
    line("a=ice-lite");
    line("a=ice-options:trickle ice2");
  }

  private void accepted(AgreedMedia media, boolean first) {
    OfferedMedia offered = media.offered();
    Candidate main = transport.candidates().getFirst();
    line(
        "m="
            + offered.kind()
            + " "
            + main.port()
            + " "
            + offered.protocol()
            + " "
            + formats(media));
    line("c=" + main.connection());
    mid(offered);
    line("a=" + Direction.of(media.send(), media.receive()).attribute());
    line("a=rtcp-mux");
    credentials();
    line("a=fingerprint:" + transport.fingerprint().attribute());
    line("a=setup:" + transport.role().attribute());
    media.extensions().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(entry -> line("a=extmap:" + entry.getValue() + " " + entry.getKey()));
    for (AgreedFormat format : media.formats()) {
      line("a=rtpmap:" + format.payloadType() + " " + format.rtpmap());
      if (!format.fmtp().isEmpty()) {
        line("a=fmtp:" + format.payloadType() + " " + format.fmtp());
      }
      for (String feedback : format.feedback()) {
        line("a=rtcp-fb:" + format.payloadType() + " " + feedback);
      }
    }
    if (!media.rids().isEmpty()) {
      media.rids().forEach(rid -> line("a=rid:" + rid + " recv"));
      line("a=simulcast:recv " + String.join(";", media.rids()));
    }
    if (first) { // The others share its transport.
      candidates();
    }
  }

  private void refused(OfferedMedia line) {
    line("m=" + line.kind() + " 0 " + line.protocol() + " " + line.rawFormats().getFirst());
    line("c=IN IP4 0.0.0.0");
    mid(line);
    line("a=inactive");
  }

  private void sender(SenderName sender) {
    line("a=msid:" + sender.stream() + " " + sender.track());
    line("a=ssrc:" + Integer.toUnsignedString(sender.ssrc()) + " cname:" + sender.cname());
    line(
        "a=ssrc:"
            + Integer.toUnsignedString(sender.ssrc())
            + " msid:"
            + sender.stream()
            + " "
            + sender.track());
  }

  private void mid(OfferedMedia line) {
    if (!line.mid().isEmpty()) {
      line("a=mid:" + line.mid());
    }
  }

  private void credentials() {
    line("a=ice-ufrag:" + transport.credentials().ufrag());
    line("a=ice-pwd:" + transport.credentials().password());
  }

  private void candidates() {
    List<Candidate> candidates = transport.candidates();
    for (int i = 0; i < candidates.size(); i++) {
      line("a=candidate:" + candidates.get(i).attribute(i + 1));
    }
    line("a=end-of-candidates");
  }

  private static String formats(AgreedMedia media) {
    return media.formats().stream()
        .map(format -> Integer.toString(format.payloadType()))
        .collect(Collectors.joining(" "));
  }

  private void line(String text) {
    out.append(text).append("\r\n");
  }
}
