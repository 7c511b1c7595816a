package org.kakehashi.server.bench.alignment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kakehashi.media.recording.Decoded;
import org.kakehashi.server.bench.MediaApi;
import org.kakehashi.server.bench.Venue;

/**
 * When clicks and flashes begin in what a server gives, as FFmpeg decodes it.
 *
 * @param events by track, in ms
 * @param sizes of the picture, in order
 */
record Heard(Map<String, List<Double>> events, List<String> sizes) {
  /** Dates are to the millisecond. */
  private static final double TOLERANCE_MS = 2;

  private static final Pattern LINE =
      Pattern.compile(
          "#EXT-X-MAP:URI=\"(?<map>[^\"]+)\".*|#EXT-X-PROGRAM-DATE-TIME:(?<date>.+)"
              + "|(?<segment>\\d+\\.m4s)");

  /** Segments that have one initialisation, and the date that the playlist gives to the first. */
  private record Run(String map, Instant date, List<String> segments) {}

  /**
   * Reads the whole segments of the tracks, as their playlists list them; times are the playlists'
   * dates, since {@code origin}.
   */
  static Heard segments(MediaApi api, List<String> tracks, Instant origin) throws IOException {
    Map<String, List<Double>> events = new LinkedHashMap<>();
    List<String> sizes = new ArrayList<>();
    for (String track : tracks) {
      String base = "/hls/" + Venue.SESSION + "/" + track + "/";
      String playlist = api.get(base + "index.m3u8");
      List<Double> own = new ArrayList<>();
      double ahead = Double.NaN;
      for (Run run : runs(playlist)) {
        Decoded decoded = decode(api, base, run);
        double date = Duration.between(origin, run.date()).toNanos() / 1e6;
        double first = decoded.spans.get(0)[0] / 48.0;
        decoded.events.get(0).forEach(time -> own.add(date + time / 48.0 - first));
        // Players that go by the segments' own times and players that go by dates see the same.
        ahead = Double.isNaN(ahead) ? first - date : ahead;
        if (Math.abs(first - date - ahead) > TOLERANCE_MS) {
          throw new AssertionError(track + ": dates and times differ at " + run.date());
        }
        sizes.addAll(decoded.sizes);
      }
      events.put(track, own);
    }
    return new Heard(events, sizes);
  }

  private static Decoded decode(MediaApi api, String base, Run run) throws IOException {
    Path file = Files.createTempFile("run", ".mp4");
    Path part = Files.createTempFile("part", ".m4s");
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(Files.readAllBytes(api.save(base + run.map(), part)));
      for (String segment : run.segments()) {
        bytes.write(Files.readAllBytes(api.save(base + segment, part)));
      }
      Files.write(file, bytes.toByteArray());
      return flawless(base, Decoded.file(file));
    } finally {
      Files.delete(file);
      Files.delete(part);
    }
  }

  private static List<Run> runs(String playlist) {
    List<Run> runs = new ArrayList<>();
    String map = "";
    Instant date = Instant.EPOCH;
    for (String line : playlist.split("\n")) {
      Matcher found = LINE.matcher(line);
      if (!found.matches()) {
        continue;
      }
      if (found.group("map") != null) {
        map = found.group("map");
      } else if (found.group("date") != null) {
        date = Instant.parse(found.group("date"));
      } else {
        if (runs.isEmpty() || !runs.getLast().map().equals(map)) {
          runs.add(new Run(map, date, new ArrayList<>()));
        }
        runs.getLast().segments().add(found.group("segment"));
      }
    }
    return runs;
  }

  /** Reads an MP4 with a picture and then these sounds; times count from the file's start. */
  static Heard mp4(Path file, List<String> tracks) {
    Decoded decoded = flawless(file.toString(), Decoded.file(file));
    Map<String, List<Double>> events = new LinkedHashMap<>();
    for (int i = 0; i < tracks.size(); i++) {
      events.put(tracks.get(i), decoded.events.get(i).stream().map(t -> t / 48.0).toList());
    }
    return new Heard(events, decoded.sizes);
  }

  /** The same with times that count from so many ms before. */
  Heard later(double ms) {
    Map<String, List<Double>> moved = new LinkedHashMap<>();
    events.forEach((track, times) -> moved.put(track, times.stream().map(t -> t + ms).toList()));
    return new Heard(moved, sizes);
  }

  private static Decoded flawless(String what, Decoded decoded) {
    if (!decoded.errors.isEmpty()) {
      throw new AssertionError(what + ": " + decoded.errors);
    }
    return decoded;
  }
}
