package org.kakehashi.server.live;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.Route;
import org.kakehashi.media.channel.RoutingTable;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.media.webrtc.PictureService;
import org.kakehashi.server.live.MediaPort.Ear;

/**
 * One WHEP connection: what its owner asked to hear, and what they hear. The first audio line is
 * the channel, the second the original under it; video lines are the main picture, the slides, the
 * sign-language interpreter, then the cameras. Thread: the session's.
 */
final class Hearer {
  private final MediaConnection connection;
  private final List<Ear> sounds = new ArrayList<>();
  private @Nullable Feed main;
  private @Nullable Feed original;
  private String asked;
  private List<String> understands = List.of();
  private boolean followsBooth;
  private String hears;
  private Message.@Nullable Hearing hearing;
  private Message.@Nullable Seeing seeing;

  /**
   * @param followsBooth whether it is an interpreter's ears, which the booth's choice moves
   */
  Hearer(MediaConnection connection, String asked, boolean followsBooth, MediaSession media) {
    this.connection = connection;
    this.asked = asked;
    this.hears = asked;
    this.followsBooth = followsBooth;
    List<Feed> pictures = new ArrayList<>(List.of(media.picture(), media.slides(), media.sign()));
    pictures.addAll(media.cameras());
    int next = 0;
    for (Ear ear : connection.peer().outgoing()) {
      if (ear.isAudio()) {
        sounds.add(ear);
      } else if (next < pictures.size()) {
        ear.listen(pictures.get(next++));
      }
    }
  }

  MediaConnection connection() {
    return connection;
  }

  String person() {
    return connection.owner().id();
  }

  /** Hears {@code channel}, whatever the booth or the languages understood say. */
  void ask(String channel) {
    asked = channel;
    understands = List.of();
    followsBooth = false;
  }

  /** Hears the floor whenever its language is among these. */
  void understand(List<String> languages) {
    understands = languages;
    followsBooth = false;
  }

  /** Hears what the booth's incoming choice says. */
  void followBooth() {
    followsBooth = true;
    understands = List.of();
  }

  boolean followsBooth() {
    return followsBooth;
  }

  List<String> understands() {
    return understands;
  }

  /** Whether the floor is heard because its language is understood. */
  boolean isUnderstood(RoutingTable table) {
    String language = table.floorLanguage();
    return language != null && understands.contains(language);
  }

  /** The channel asked for, or the one that the languages understood lead to. */
  String wanted(RoutingTable table) {
    if (understands.isEmpty()) {
      return asked;
    }
    if (isUnderstood(table)) {
      return RoutingTable.FLOOR;
    }
    List<String> offered = understands.stream().filter(table::has).toList();
    return offered.stream()
        .filter(language -> table.route(language).isInterpreted())
        .findFirst()
        .orElse(offered.isEmpty() ? RoutingTable.FLOOR : offered.getFirst());
  }

  /** The channel heard now. */
  String hears() {
    return hears;
  }

  /** What the owner was told last. */
  Message.@Nullable Hearing hearing() {
    return hearing;
  }

  /** What of the pictures its owner sees, as they were told last; null while it was always all. */
  Message.@Nullable Seeing seeing() {
    return seeing;
  }

  /** Its line takes so much of the pictures from now on. */
  void see(PictureService service) {
    seeing = new Message.Seeing(connection.id(), Words.of(service));
  }

  /** Hears {@code channel} from the next packet on; whether what is to be told has changed. */
  boolean hear(String channel, MediaSession media, Message.Hearing described) {
    hears = channel;
    Feed feed = media.hearing(channel, person());
    if (feed != main && !sounds.isEmpty()) {
      sounds.getFirst().listen(feed);
    }
    main = feed;
    if (sounds.size() > 1) {
      Feed floor = media.hearing(RoutingTable.FLOOR, person());
      if (floor != original) {
        sounds.get(1).listen(floor);
      }
      original = floor;
    }
    boolean changed = !described.equals(hearing);
    hearing = described;
    return changed;
  }

  /** Whether this person's own microphone, as {@code source}, feeds {@code route}. */
  static boolean isOwnVoice(Route route, @Nullable String source) {
    return source != null
        && route.content() instanceof Route.Content.Of(String feeding)
        && feeding.equals(source);
  }
}
