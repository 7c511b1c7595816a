package org.kakehashi.server.replay;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.kakehashi.media.recording.Captions;
import org.kakehashi.media.recording.Playlists;
import org.kakehashi.media.recording.Playlists.Delivery;
import org.kakehashi.media.recording.Recording;
import org.kakehashi.media.recording.Segment;
import org.kakehashi.media.recording.Track;
import org.kakehashi.media.recording.Trim;

/**
 * Writes what is shown of a recording into a folder that plays from any static web server: HLS,
 * captions, poster, a description, and a page with a player.
 *
 * <pre>
 *   index.html  description.json  poster.jpg  index.m3u8
 *   floor/index.m3u8, init.mp4, 3.m4s, …   fr/…   picture/…   slides/…   captions/fr.vtt, fr.m3u8
 * </pre>
 *
 * <p>Thread: any; blocks while it copies.
 */
public final class FolderExport {
  /** The player's files in the jar, and which they are: one path a line. */
  private static final String PLAYER = "/export/";

  private static final String FILES = "files.txt";
  private static final String POSTER = "poster.jpg";

  /** What every viewer is to be told where there is interpretation. */
  private static final Map<String, String> NOTICE =
      Map.of(
          "fr", "Seule la parole originale fait foi ; l'interprétation aide à la suivre.",
          "ja", "正式な記録は原語の発言のみです。通訳は理解を助けるためのものです。",
          "en", "Only the original speech is authentic; interpretation helps to follow it.");

  private final RecordingViews views;
  private final JsonMapper json =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  public FolderExport(RecordingViews views) {
    this.views = views;
  }

  /**
   * Writes the folder, which must be empty or not there yet.
   *
   * @throws IllegalArgumentException if the recording is live or deleted, or the folder is not
   *     empty; the message is for people
   * @throws IOException if something cannot be read or written
   */
  public void write(Recorded recorded, Path folder) throws IOException {
    if (recorded.isLive() || recorded.document().figures() == null) {
      throw new IllegalArgumentException(
          "This session is still being recorded, or was when its server was killed. End it, or"
              + " start the server once, and export it then.");
    }
    if (recorded.isDeleted()) {
      throw new IllegalArgumentException("This recording was deleted. Restore it first.");
    }
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new IllegalArgumentException(folder + " is not empty.");
      }
    }
    Cut cut = recorded.document().cut();
    Delivery delivery = new Delivery(false, "", cut == null ? Trim.NONE : cut.trim());
    Recording media = recorded.media();
    for (Track track : media.tracks()) {
      track(media, track, folder.resolve(track.info().name()), delivery);
    }
    captions(recorded, folder.resolve("captions"), delivery);
    Path poster = RecordingEdits.posterFile(recorded);
    if (recorded.document().poster() != null && Files.exists(poster)) {
      Files.copy(poster, folder.resolve(POSTER));
    }
    describe(recorded, folder);
    player(folder);
    // Last: a folder with this is complete.
    text(
        folder.resolve("index.m3u8"),
        Playlists.multivariant(
            media, Tracks.names(media), Tracks.captions(recorded), "floor", delivery));
  }

  private static void track(Recording media, Track track, Path folder, Delivery delivery)
      throws IOException {
    Files.createDirectories(folder);
    TreeSet<Integer> inits = new TreeSet<>();
    for (Segment segment : track.snapshot().segments()) {
      if (segment.end() > delivery.trim().start() && segment.start() < delivery.trim().end()) {
        inits.add(segment.init());
        Files.copy(track.file(segment.number()), folder.resolve(segment.address()));
      }
    }
    for (int init : inits) {
      String name = Segment.initAddress(init);
      Files.copy(track.folder().resolve(name), folder.resolve(name));
    }
    text(folder.resolve("index.m3u8"), Playlists.media(media, track, delivery));
  }

  private static void captions(Recorded recorded, Path folder, Delivery delivery)
      throws IOException {
    List<Captions> all = Tracks.captions(recorded);
    for (Captions captions : all) {
      Files.createDirectories(folder);
      byte[] file = Files.readAllBytes(RecordingEdits.captionsFile(recorded, captions.language()));
      text(
          folder.resolve(captions.language() + ".vtt"),
          WebVtt.read(file).write(recorded.document().cut()));
      text(
          folder.resolve(captions.language() + ".m3u8"),
          Playlists.captions(recorded.media(), captions, delivery));
    }
  }

  /** As the API answers, with addresses relative to the folder. */
  private void describe(Recorded recorded, Path folder) throws IOException {
    RecordingView view = views.view(Optional.empty(), recorded);
    ObjectNode description = json.valueToTree(view);
    description.put("hls", "index.m3u8");
    description.put("poster", Files.exists(folder.resolve(POSTER)) ? POSTER : null);
    description.remove(List.of("replay", "bytes", "deletedUntil", "editable"));
    description.putArray("downloads");
    if (view.notice()) {
      description.set("noticeText", json.valueToTree(NOTICE));
    }
    text(folder.resolve("description.json"), json.writeValueAsString(description));
  }

  private static void player(Path folder) throws IOException {
    for (String file : files()) {
      Path target = folder.resolve(file).normalize();
      if (!target.startsWith(folder.normalize())) {
        throw new IOException("The player's list of files names " + file);
      }
      try (InputStream in = FolderExport.class.getResourceAsStream(PLAYER + file)) {
        if (in == null) {
          throw new IOException("The player's file " + file + " is missing from the jar");
        }
        Files.createDirectories(target.resolveSibling(""));
        Files.copy(in, target);
      }
    }
  }

  /** None where the pages were not built. */
  private static List<String> files() throws IOException {
    try (InputStream in = FolderExport.class.getResourceAsStream(PLAYER + FILES)) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
    }
  }

  private static void text(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
