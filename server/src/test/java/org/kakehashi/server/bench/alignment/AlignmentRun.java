package org.kakehashi.server.bench.alignment;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.kakehashi.server.bench.MediaApi;
import org.kakehashi.server.bench.Venue;
import org.kakehashi.server.bench.Wait;
import org.kakehashi.server.store.FolderStore;
import org.kakehashi.server.store.Journal;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;

/**
 * A speaker with camera and two interpreters who click and flash together, recorded in real time.
 * All have clocks of their own that are wrong in rate and in time of day. A second microphone is
 * open on the floor for a while, so that it is mixed; the Japanese interpreter leaves and returns;
 * the camera of the project's own speaker changes its resolution twice.
 *
 * @param kind what the speaker connects with
 * @param seconds how long, 20 or more
 */
record AlignmentRun(Speaker.Kind kind, int seconds) {
  /** As they are in the MP4. */
  static final List<String> TRACKS = List.of("picture", "floor", "fr", "ja");

  static final Camera.Size SMALL = new Camera.Size(320, 180);
  static final Camera.Size LARGE = new Camera.Size(480, 270);

  private static final String PROGRAMME =
      """
      events:
        - id: bench
          title: { en: Bench }
          sessions:
            - id: hall
              title: { en: Hall }
              languages: [fr, ja, en]
              public: true
              chaired: false
              booths:
                - { id: booth-fr, understands: [en, fr], a: fr }
                - { id: booth-ja, understands: [en, ja], a: ja }
      """;

  private static final String CONFIGURATION = "recordings: { diskFloor: 0, diskReserve: 0 }\n";

  /** Long enough for the segment that has the last click to be whole. */
  private static final int TAIL = 4;

  private static final double GUEST_COMES = 0.15;
  private static final double GUEST_GOES = 0.25;
  private static final double LEAVES = 0.3;
  private static final double RETURNS = 0.5;
  private static final double GROWS = 0.6;
  private static final double SHRINKS = 0.8;

  /**
   * Runs it.
   *
   * @param folder where server and files are
   */
  Found run(Path folder, House.Opening opening) throws IOException {
    Venue venue = Venue.in(folder, PROGRAMME, CONFIGURATION);
    Performance live;
    try (House house = opening.open(venue);
        MediaApi api = new MediaApi(house.uri(), 2)) {
      rehearse(venue, api);
      live = perform(venue, api, Beat.start());
    }
    end(venue);
    try (House house = opening.open(venue);
        MediaApi api = new MediaApi(house.uri(), 1)) {
      String recording = "/api/recordings/" + Venue.SESSION;
      Wait.until("the replay is there", () -> describe(api).getString("state").equals("ended"));
      Instant startedAt = Instant.parse(describe(api).getString("startedAt"));
      Path file = api.save(recording + "/download.mp4", folder.resolve("all.mp4"));
      double start = Duration.between(live.beat().startedAt(), startedAt).toNanos() / 1e6;
      Heard mp4 = Heard.mp4(file, TRACKS).later(start);
      Found found =
          new Found(
              kind,
              Comparison.of(live.heard(), clicks(live, false)),
              Comparison.of(mp4, clicks(live, false)),
              Comparison.of(mp4, clicks(live, true)),
              mp4.sizes(),
              new ArrayList<>());
      Stream.of(found.segments(), found.mp4(), found.mixed())
          .flatMap(comparison -> comparison.missing().stream())
          .filter(missing -> !hasReason(missing))
          .forEach(found.lost()::add);
      return found;
    }
  }

  /** The clicks while the floor was mixed, or while it was forwarded, in ms of the beat. */
  private List<Double> clicks(Performance live, boolean mixed) {
    return LongStream.rangeClosed(live.firstClick(), seconds * 1_000_000_000L / Beat.EVERY)
        .map(number -> number * Beat.EVERY)
        .filter(at -> mixed == (at > nanos(GUEST_COMES) && at < nanos(GUEST_GOES)))
        .mapToObj(at -> at / 1e6)
        .toList();
  }

  private static JsonObject describe(MediaApi api) {
    return new JsonObject(api.get("/api/recordings/" + Venue.SESSION));
  }

  /**
   * What was heard live.
   *
   * @param firstClick the number of the first since everybody was there
   */
  private record Performance(Beat beat, Heard heard, long firstClick) {}

  /** The first handshakes of a server take seconds. */
  private static void rehearse(Venue venue, MediaApi api) {
    SenderClock clock = new SenderClock(Beat.start(), 48_000, 0, Duration.ZERO);
    String floor = "floor?language=en";
    new Talker(api, floor, venue.speaker("early"), 7, clock, false).close();
  }

  private Performance perform(Venue venue, MediaApi api, Beat beat) throws IOException {
    SenderClock speakers = new SenderClock(beat, 48_000, 80, Duration.ofMillis(-1_700));
    SenderClock french = new SenderClock(beat, 48_000, -90, Duration.ofHours(1));
    SenderClock japanese = new SenderClock(beat, 48_000, 15, Duration.ofMillis(250));
    SenderClock guests = new SenderClock(beat, 48_000, 40, Duration.ofSeconds(-9));
    try (Speaker speaker = kind.open(api, venue.speaker("speaker"), speakers);
        Talker fr = new Talker(api, "fr", interpreter(venue, "fr"), 3, french, true)) {
      long firstClick;
      try (Talker ja = new Talker(api, "ja", interpreter(venue, "ja"), 4, japanese, true)) {
        firstClick = beat.now() / Beat.EVERY + 2;
        beat.await(nanos(GUEST_COMES));
        String floor = "floor?language=en";
        try (Talker guest = new Talker(api, floor, venue.speaker("guest"), 5, guests, false)) {
          beat.await(nanos(GUEST_GOES));
        }
        beat.await(nanos(LEAVES));
      }
      beat.await(nanos(RETURNS));
      try (Talker ja = new Talker(api, "ja", interpreter(venue, "ja"), 6, japanese, true)) {
        beat.await(nanos(GROWS));
        speaker.resize(LARGE);
        beat.await(nanos(SHRINKS));
        speaker.resize(SMALL);
        beat.await(Duration.ofSeconds(seconds + TAIL).toNanos());
        Heard heard = Heard.segments(api, TRACKS, beat.startedAt());
        return new Performance(beat, heard, firstClick);
      }
    }
  }

  private static String interpreter(Venue venue, String language) {
    return venue.interpreter("interpreter-" + language, "booth-" + language, "en", language);
  }

  /** A share of the time, 0.7 s after a click. */
  private long nanos(double share) {
    long clicks = (long) (share * seconds * 1e9) / Beat.EVERY;
    return clicks * Beat.EVERY + 700_000_000L;
  }

  /** The Japanese channel is silent for two seconds before the floor is heard on it. */
  private boolean hasReason(Comparison.Missing missing) {
    double since = missing.seconds() - nanos(LEAVES) / 1e9;
    return missing.track().equals("ja") && since >= 0 && since < 2;
  }

  private static void end(Venue venue) {
    Instant now = Instant.now();
    try (Journal journal = new FolderStore(venue.data()).journal(Venue.SESSION)) {
      journal.append(new JournalEntry(0, now, new JournalEvent.Ended("bench")));
      journal.append(new JournalEntry(0, now, new JournalEvent.Over()));
    }
  }
}
