package org.kakehashi.media.webrtc.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.rtp.HeaderExtensions;
import org.kakehashi.media.webrtc.sdp.SdpException.Fault;

/** Decides which of an offer's media lines are accepted, with which codecs. Pure. */
public final class Negotiation {
  private static final String TRANSPORT_FEEDBACK = "transport-cc";
  private static final List<String> RECEIVED_EXTENSIONS =
      List.of(
          HeaderExtensions.AUDIO_LEVEL_URI,
          HeaderExtensions.MID_URI,
          HeaderExtensions.TRANSPORT_SEQUENCE_URI,
          HeaderExtensions.ABS_SEND_TIME_URI);

  private final MediaLimits limits;
  private final boolean adaptive;
  private int audioIn;
  private int videoIn;
  private int audioOut;
  private int videoOut;

  private Negotiation(MediaLimits limits, boolean adaptive) {
    this.limits = limits;
    this.adaptive = adaptive;
    audioIn = limits.audioIn();
    videoIn = limits.videoIn();
    audioOut = limits.audioOut();
    videoOut = limits.videoOut();
  }

  /**
   * The lines accepted, in their order; the others are refused.
   *
   * @throws SdpException {@link Fault#NOTHING_IN_COMMON} if none is
   */
  public static List<AgreedMedia> agree(Offer offer, MediaLimits limits) {
    Negotiation negotiation = new Negotiation(limits, isAdaptive(offer, limits));
    List<AgreedMedia> agreed = new ArrayList<>();
    for (OfferedMedia line : offer.media()) {
      if (line.usable()) {
        negotiation.agree(line, agreed);
      }
    }
    if (agreed.isEmpty()) {
      throw new SdpException(
          Fault.NOTHING_IN_COMMON,
          "Nothing in the offer is wanted here in a codec known here (Opus; H.264 with"
              + " packetization-mode=1, VP8), in a direction that is allowed.");
    }
    return agreed;
  }

  private void agree(OfferedMedia line, List<AgreedMedia> agreed) {
    boolean audio = line.isAudio();
    boolean receive = line.direction().sends() && (audio ? audioIn : videoIn) > 0;
    boolean send = line.direction().receives() && (audio ? audioOut : videoOut) > 0;
    if (!receive && !send) {
      return;
    }
    boolean transportFeedback = receive || adaptive;
    List<AgreedFormat> formats =
        audio
            ? AudioFormats.agree(line, receive, transportFeedback)
            : VideoFormats.agree(line, receive, transportFeedback, limits);
    if (formats.isEmpty()) {
      return;
    }
    Map<String, Integer> extensions = extensions(line, receive);
    // Without its name in the packet, a layer cannot be told from the others.
    boolean layered = receive && extensions.containsKey(HeaderExtensions.RID_URI);
    List<String> rids = layered ? line.rids() : List.of();
    agreed.add(new AgreedMedia(line, receive, send, formats, extensions, rids));
    count(audio, receive, send);
  }

  private void count(boolean audio, boolean receive, boolean send) {
    int in = receive ? 1 : 0;
    int out = send ? 1 : 0;
    if (audio) {
      audioIn -= in;
      audioOut -= out;
    } else {
      videoIn -= in;
      videoOut -= out;
    }
  }

  /**
   * Whether pictures will be sent that can be fitted to the line: then all that is sent is
   * numbered, sound too, since it shares the line.
   */
  private static boolean isAdaptive(Offer offer, MediaLimits limits) {
    return limits.videoOut() > 0
        && offer.media().stream()
            .filter(line -> line.usable() && !line.isAudio() && line.direction().receives())
            .filter(line -> line.extensions().containsKey(HeaderExtensions.TRANSPORT_SEQUENCE_URI))
            .flatMap(line -> line.formats().stream())
            .anyMatch(format -> format.feedback().contains(TRANSPORT_FEEDBACK));
  }

  /**
   * Where we only send, none but the number that lets pictures be fitted to the line: every byte of
   * header is paid for once a listener.
   */
  private Map<String, Integer> extensions(OfferedMedia line, boolean receive) {
    Map<String, Integer> agreed = new HashMap<>();
    Integer number = line.extensions().get(HeaderExtensions.TRANSPORT_SEQUENCE_URI);
    if (!receive && adaptive && number != null) {
      agreed.put(HeaderExtensions.TRANSPORT_SEQUENCE_URI, number);
    }
    if (receive) {
      for (String uri : RECEIVED_EXTENSIONS) {
        Integer id = line.extensions().get(uri);
        if (id != null && (line.isAudio() || !uri.equals(HeaderExtensions.AUDIO_LEVEL_URI))) {
          agreed.put(uri, id);
        }
      }
      Integer rid = line.extensions().get(HeaderExtensions.RID_URI);
      if (rid != null && !line.rids().isEmpty()) {
        agreed.put(HeaderExtensions.RID_URI, rid);
      }
    }
    return agreed;
  }

  /** The kinds of feedback that are both offered and known here. */
  static List<String> feedback(OfferedFormat format, Codec codec, boolean transportFeedback) {
    List<String> known = new ArrayList<>(List.of("nack"));
    if (!codec.isAudio()) {
      known.add("nack pli");
      known.add("ccm fir");
    }
    if (transportFeedback) {
      known.add(TRANSPORT_FEEDBACK);
    }
    known.retainAll(format.feedback());
    return known;
  }
}
