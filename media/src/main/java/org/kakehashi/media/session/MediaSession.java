package org.kakehashi.media.session;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.Channel;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Route;
import org.kakehashi.media.channel.RoutingTable;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.stage.CameraSlots;
import org.kakehashi.media.stage.MainPicture;
import org.kakehashi.media.stage.Picture;

/**
 * The channels and pictures of one session, doing what the switchboard decided.
 *
 * <pre>
 *   no microphone open    floor ◀── silence
 *   one                   floor ◀── that microphone, forwarded as it is
 *   two or more           floor ◀── the mix;  each speaker ◀── the floor without themselves
 * </pre>
 *
 * <p>Thread: the session's control thread, one call at a time. Sounds and pictures flow on the
 * media loops without touching this class.
 */
public final class MediaSession implements AutoCloseable {
  private final MediaClock clock;
  private final FloorMix mix;
  private final Source silence;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Map<String, Channel> withoutSelf = new HashMap<>();
  private final Picture picture = new Picture("picture", 2);
  private final Picture slides = new Picture("slides", 0);
  private final Picture sign = new Picture("sign", 1);
  private final List<Picture> cameras;
  private List<FloorMicrophone> floor = List.of();
  private @Nullable RoutingTable table;

  /**
   * A session in which nobody speaks yet.
   *
   * @param clock the session's clock
   * @param languages its languages, BCP 47 tags
   * @param mix the floor's mixer; closed with this session
   * @param silence digital silence on the session's clock; fed to channels that carry nothing
   */
  public MediaSession(MediaClock clock, List<String> languages, FloorMix mix, Source silence) {
    this.clock = clock;
    this.mix = mix;
    this.silence = silence;
    channels.put(RoutingTable.FLOOR, new Channel(RoutingTable.FLOOR));
    languages.forEach(language -> channels.put(language, new Channel(language)));
    channels.values().forEach(channel -> channel.feed(silence));
    cameras =
        IntStream.rangeClosed(1, CameraSlots.COUNT)
            .mapToObj(i -> new Picture("camera-" + i, 3))
            .toList();
  }

  /** The session's clock. */
  public MediaClock clock() {
    return clock;
  }

  /**
   * A channel by name.
   *
   * @throws IllegalArgumentException if the session has no such channel
   */
  public Channel channel(String name) {
    Channel channel = channels.get(name);
    if (channel == null) {
      throw new IllegalArgumentException("No channel " + name + " in this session");
    }
    return channel;
  }

  /**
   * Makes every channel carry what {@code table} says.
   *
   * @param table the switchboard's decision
   * @param microphones the open floor microphones, the same that {@code table} was made from
   * @param sources finds an interpreter's or hall track's source by id; a source that is gone
   *     leaves silence
   */
  public void apply(
      RoutingTable table,
      List<FloorMicrophone> microphones,
      Function<String, @Nullable Source> sources) {
    this.table = table;
    this.floor = List.copyOf(microphones);
    mix.mix(floor);
    Source floorSource = floorSource();
    for (Route route : table.routes()) {
      channel(route.channel())
          .feed(
              switch (route.content()) {
                case Route.Content.Floor() -> floorSource;
                case Route.Content.Silence() -> silence;
                case Route.Content.Of(String id) -> orSilence(sources.apply(id));
              });
    }
    withoutSelf.entrySet().removeIf(entry -> !refeed(entry.getKey(), entry.getValue()));
  }

  /**
   * What {@code person} gets on {@code channel}: the channel itself, or, where it carries the floor
   * and their own microphone is part of it, the floor without themselves. To be asked again after
   * every {@link #apply}.
   *
   * @throws IllegalArgumentException if the session has no such channel
   */
  public Feed hearing(String channel, String person) {
    Channel plain = channel(channel);
    return isWithoutSelf(channel, person)
        ? withoutSelf.computeIfAbsent(person, this::floorWithout)
        : plain;
  }

  /** Whether {@code person} would hear their own microphone on {@code channel}, so is spared it. */
  public boolean isWithoutSelf(String channel, String person) {
    boolean carriesFloor =
        table != null && table.route(channel).content() instanceof Route.Content.Floor;
    return carriesFloor && hasMicrophone(person);
  }

  /** The main picture. */
  public Picture picture() {
    return picture;
  }

  /** The shared screen. */
  public Picture slides() {
    return slides;
  }

  /** The sign-language interpreter. */
  public Picture sign() {
    return sign;
  }

  /** The cameras on stage, four places. */
  public List<Picture> cameras() {
    return cameras;
  }

  /**
   * Shows the stage.
   *
   * @param main the main picture
   * @param places the cameras on stage
   * @param slidesSource the shared screen, if any
   * @param signSource the sign-language interpreter's camera, if any
   * @param sources finds a camera by its source's id
   */
  public void show(
      MainPicture main,
      CameraSlots places,
      @Nullable Source slidesSource,
      @Nullable Source signSource,
      Function<String, @Nullable Source> sources) {
    picture.show(find(main.source(), sources));
    slides.show(slidesSource);
    sign.show(signSource);
    for (int i = 0; i < cameras.size(); i++) {
      cameras.get(i).show(find(places.cameras().get(i), sources));
    }
  }

  /** Lets go of all sources; listeners hear and see nothing more. */
  @Override
  public void close() {
    channels.values().forEach(channel -> channel.feed(null));
    withoutSelf.values().forEach(channel -> channel.feed(null));
    withoutSelf.clear();
    show(MainPicture.NONE, CameraSlots.EMPTY, null, null, id -> null);
    mix.close();
  }

  private Source floorSource() {
    return switch (floor.size()) {
      case 0 -> silence;
      case 1 -> floor.getFirst().source();
      default -> mix.everyone();
    };
  }

  private Channel floorWithout(String person) {
    Channel channel = new Channel(RoutingTable.FLOOR);
    refeed(person, channel);
    return channel;
  }

  /** Feeds {@code channel} the floor without {@code person}; false once it has become useless. */
  private boolean refeed(String person, Channel channel) {
    if (!hasMicrophone(person)) {
      channel.feed(null);
      return false;
    }
    List<FloorMicrophone> others =
        floor.stream().filter(microphone -> !microphone.person().equals(person)).toList();
    channel.feed(
        switch (others.size()) {
          case 0 -> silence;
          case 1 -> others.getFirst().source();
          default -> mix.without(person);
        });
    return true;
  }

  private boolean hasMicrophone(String person) {
    return floor.stream().anyMatch(microphone -> microphone.person().equals(person));
  }

  private Source orSilence(@Nullable Source source) {
    return source == null ? silence : source;
  }

  private static @Nullable Source find(
      @Nullable String id, Function<String, @Nullable Source> sources) {
    return id == null ? null : sources.apply(id);
  }
}
