package org.kakehashi.server.programme;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.programme.SessionPlan.Collision;
import org.kakehashi.server.programme.SessionPlan.Uninterpreted;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a programme from YAML; {@code deploy/programme.example.yaml} shows and explains every key.
 * Thread: any.
 */
public final class ProgrammeReader {
  private static final int MAX_CHARS = 1_000_000;

  private final ObjectMapper yaml = new ObjectMapper(strict());

  private static YAMLFactory strict() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARS);
    options.setMaxAliasesForCollections(10);
    options.setNestingDepthLimit(20);
    options.setAllowDuplicateKeys(false);
    return YAMLFactory.builder()
        .loaderOptions(options)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
  }

  /**
   * Reads a file.
   *
   * @throws ProgrammeException if it is not there or not a programme
   */
  public Programme read(Path file) {
    try {
      return read(Files.readString(file));
    } catch (NoSuchFileException absent) {
      throw new ProgrammeException("", "There is no programme at " + file);
    } catch (IOException failed) {
      throw new ProgrammeException("", "The programme " + file + " cannot be read: " + failed);
    }
  }

  /**
   * Reads a text.
   *
   * @throws ProgrammeException if it is not a programme
   */
  public Programme read(String text) {
    if (text.length() > MAX_CHARS) {
      throw new ProgrammeException("", "A programme of more than a million characters is not read");
    }
    JsonNode root;
    try {
      root = yaml.readTree(text);
    } catch (IOException | YAMLException notYaml) {
      throw new ProgrammeException("", "This is not YAML: " + firstLine(notYaml));
    }
    if (root == null || root.isMissingNode() || root.isNull()) {
      throw new ProgrammeException("", "The programme is empty");
    }
    Mapping file = new Mapping("", root);
    file.allow("events");
    List<SessionPlan> sessions = new ArrayList<>();
    Set<String> eventIds = new HashSet<>();
    Set<String> sessionIds = new HashSet<>();
    for (Mapping held : file.mappings("events", 1, 50)) {
      Event event = event(held);
      if (!eventIds.add(event.id())) {
        throw held.fault("id", "another event is called " + event.id());
      }
      for (Mapping planned : held.mappings("sessions", 1, 200)) {
        SessionPlan session = session(event, planned);
        if (!sessionIds.add(session.id())) {
          throw planned.fault("id", "another session is called " + session.id());
        }
        sessions.add(session);
      }
    }
    return new Programme(sessions);
  }

  private static Event event(Mapping in) {
    in.allow("id", "title", "cities", "sessions");
    return new Event(
        in.id("id"),
        in.localText("title"),
        in.mappings("cities", 0, 10).stream().map(ProgrammeReader::city).toList());
  }

  private static City city(Mapping in) {
    in.allow("name", "zone");
    String zone = in.text("zone");
    try {
      return new City(in.localText("name"), ZoneId.of(zone));
    } catch (DateTimeException unknown) {
      throw in.fault("zone", zone + " is not a time zone such as Europe/Paris");
    }
  }

  private static SessionPlan session(Event event, Mapping in) {
    in.allow(
        "id",
        "title",
        "starts",
        "ends",
        "languages",
        "public",
        "chaired",
        "uninterpreted",
        "collision",
        "booths",
        "recorded",
        "published",
        "agenda");
    List<String> languages = in.languages("languages", 0, 16);
    for (String track : List.of("floor", "picture", "slides", "sign")) {
      if (languages.contains(track)) {
        throw in.fault("languages", track + " is no language");
      }
    }
    Instant starts = instant(event, in, "starts");
    Instant ends = instant(event, in, "ends");
    if (starts != null && ends != null && !ends.isAfter(starts)) {
      throw in.fault("ends", "must be after starts");
    }
    List<BoothPlan> booths = new ArrayList<>();
    for (Mapping manned : in.mappings("booths", 0, 16)) {
      BoothPlan booth = booth(languages, manned);
      if (booths.stream().anyMatch(other -> other.id().equals(booth.id()))) {
        throw manned.fault("id", "another booth is called " + booth.id());
      }
      booths.add(booth);
    }
    boolean open = in.flag("public", false);
    return new SessionPlan(
        in.id("id"),
        event,
        in.localText("title"),
        starts,
        ends,
        languages,
        open,
        in.flag("chaired", true),
        in.choice("uninterpreted", Uninterpreted.FLOOR),
        in.choice("collision", Collision.INTERLOCK),
        booths,
        recording(event, in, open));
  }

  private static RecordingPlan recording(Event event, Mapping in, boolean open) {
    List<AgendaItem> agenda = new ArrayList<>();
    for (Mapping item : in.mappings("agenda", 0, 100)) {
      item.allow("title", "starts");
      Instant starts = instant(event, item, "starts");
      if (starts == null) {
        throw item.fault("starts", "is missing");
      }
      if (!agenda.isEmpty() && !starts.isAfter(agenda.getLast().startsAt())) {
        throw item.fault("starts", "must be after the item before");
      }
      agenda.add(new AgendaItem(item.localText("title"), starts));
    }
    // Whoever could listen and rewind while it was live gains nothing new by its end.
    return new RecordingPlan(in.flag("recorded", true), in.flag("published", open), agenda);
  }

  private static BoothPlan booth(List<String> languages, Mapping in) {
    in.allow("id", "understands", "a", "b", "members");
    String a = offered(languages, in, "a", in.language("a"));
    String b = in.optionalLanguage("b");
    if (b != null && offered(languages, in, "b", b).equals(a)) {
      throw in.fault("b", "must differ from a");
    }
    return new BoothPlan(
        in.id("id"), in.languages("understands", 1, 16), a, b, in.texts("members", 0, 20));
  }

  private static String offered(List<String> languages, Mapping in, String key, String language) {
    if (!languages.contains(language)) {
      throw in.fault(key, language + " is not among the session's languages");
    }
    return language;
  }

  /** With an offset, or local to the event's first city. */
  private static @Nullable Instant instant(Event event, Mapping in, String key) {
    String text = in.optionalText(key);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException noOffset) {
      return localInstant(event, in, key, text);
    }
  }

  private static Instant localInstant(Event event, Mapping in, String key, String text) {
    try {
      LocalDateTime local = LocalDateTime.parse(text);
      if (!event.cities().isEmpty()) {
        return local.atZone(event.cities().getFirst().zone()).toInstant();
      }
    } catch (DateTimeException malformed) {
      // Said below.
    }
    throw in.fault(
        key,
        "must be a time such as 2026-11-22T14:00, local to the event's first city, or with an"
            + " offset: 2026-11-22T14:00+01:00");
  }

  private static String firstLine(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
