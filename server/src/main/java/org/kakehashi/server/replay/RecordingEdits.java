package org.kakehashi.server.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;
import org.kakehashi.server.programme.LocalText;
import org.kakehashi.server.store.JournalEvent;

/**
 * What chair and organiser change of a recording. Every method refuses anybody else with 401 or
 * 403, and writes in the session's journal what was done. Thread: any that may wait.
 */
public final class RecordingEdits {
  private static final Pattern LANGUAGE =
      Pattern.compile("(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
  private static final int MAX_CAPTIONS = 32;
  private static final int MAX_TITLES = 2000;

  private final Notes notes;
  private final InstantSource clock;

  /** Where it is written down. */
  @FunctionalInterface
  public interface Notes {
    /** Writes in a session's journal. */
    void note(String session, JournalEvent event);
  }

  /**
   * @param clock for when things were deleted
   */
  public RecordingEdits(Notes notes, InstantSource clock) {
    this.notes = notes;
    this.clock = clock;
  }

  /**
   * Opens it to whoever may listen to the session, or closes it.
   *
   * @throws ProblemException 401, 403, 404 if it was deleted
   */
  public void publish(Optional<Person> who, Recorded recorded, boolean published) {
    requireEdit(who, recorded);
    if (recorded.document().published() != published) {
      change(recorded, document -> document.withPublished(published));
      note(who, recorded, published ? "published" : "unpublished", null);
    }
  }

  /**
   * Shows only a stretch of it, or all again.
   *
   * @param cut null for all
   * @throws ProblemException 401, 403, 404; 409 while it is live; 422 beyond its end
   */
  public void trim(Optional<Person> who, Recorded recorded, @Nullable Cut cut) {
    requireEdit(who, recorded);
    requireEnded(recorded, "trimmed");
    long duration = recorded.media().duration().toMillis();
    if (cut != null && cut.startMs() >= duration) {
      throw ProblemType.INVALID
          .because("\"trim\" begins after the end: the recording has " + duration + " ms.")
          .asException();
    }
    change(recorded, document -> document.withCut(cut));
    note(
        who,
        recorded,
        "trimmed",
        cut == null ? "all" : cut.startMs() + " to " + cut.endMs() + " ms");
  }

  /**
   * Names chapters.
   *
   * @param titles by chapter; an empty one gives the chapter its first name back
   * @param known the chapters there are
   * @throws ProblemException 401, 403, 404; 422 if there is no such chapter
   */
  public void rename(
      Optional<Person> who,
      Recorded recorded,
      Map<String, Optional<LocalText>> titles,
      Set<String> known) {
    requireEdit(who, recorded);
    for (String id : titles.keySet()) {
      if (!known.contains(id)) {
        throw ProblemType.INVALID.because("There is no chapter \"" + id + "\".").asException();
      }
    }
    if (recorded.document().chapterTitles().size() + titles.size() > MAX_TITLES) {
      throw ProblemType.INVALID.because("Too many chapters are renamed.").asException();
    }
    change(
        recorded,
        document -> {
          RecordingDocument next = document;
          for (Map.Entry<String, Optional<LocalText>> title : titles.entrySet()) {
            next = next.withTitle(title.getKey(), title.getValue().orElse(null));
          }
          return next;
        });
    note(
        who,
        recorded,
        "chapter",
        titles.keySet().stream().limit(20).collect(Collectors.joining(" ")));
  }

  /**
   * Takes captions in, in place of those before.
   *
   * @throws ProblemException 401, 403, 404; 422 if they cannot be read
   */
  public void captions(Optional<Person> who, Recorded recorded, String language, byte[] file) {
    requireEdit(who, recorded);
    requireLanguage(language);
    WebVtt captions = WebVtt.read(file);
    if (!recorded.document().captions().contains(language)
        && recorded.document().captions().size() >= MAX_CAPTIONS) {
      throw ProblemType.INVALID
          .because("There are captions in %d languages already.".formatted(MAX_CAPTIONS))
          .asException();
    }
    AtomicFile.write(
        captionsFile(recorded, language), captions.write(null).getBytes(StandardCharsets.UTF_8));
    change(recorded, document -> document.withCaptions(language, true));
    note(who, recorded, "captions", language);
  }

  /**
   * Takes captions away.
   *
   * @throws ProblemException 401, 403, 404
   */
  public void removeCaptions(Optional<Person> who, Recorded recorded, String language) {
    requireEdit(who, recorded);
    if (!recorded.document().captions().contains(language)) {
      throw ProblemType.NOT_FOUND.because("There are no captions in this language.").asException();
    }
    change(recorded, document -> document.withCaptions(language, false));
    try {
      Files.deleteIfExists(captionsFile(recorded, language));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    note(who, recorded, "captions-removed", language);
  }

  /**
   * Makes the main picture at a moment the poster.
   *
   * @throws ProblemException 401, 403, 404; 409 if there is no picture then
   */
  public void poster(Optional<Person> who, Recorded recorded, long atMs) {
    requireEdit(who, recorded);
    try {
      Posters.write(
          recorded, new Cut(atMs, atMs + 1).trim().start(), clock.instant().toEpochMilli());
    } catch (IOException none) {
      throw ProblemType.CONFLICT
          .because("There is no picture at this moment: " + none.getMessage())
          .asException();
    }
    note(who, recorded, "poster", atMs + " ms");
  }

  /**
   * Deletes it, which can be undone for a while.
   *
   * @throws ProblemException 401, 403, 404; 409 while it is live
   */
  public void delete(Optional<Person> who, Recorded recorded) {
    requireEdit(who, recorded);
    requireEnded(recorded, "deleted");
    change(recorded, document -> document.withDeletedAt(clock.instant()));
    note(who, recorded, "deleted", null);
  }

  /**
   * Undoes a deletion.
   *
   * @throws ProblemException 401, 403; 409 if it was not deleted
   */
  public void restore(Optional<Person> who, Recorded recorded) {
    RecordingAccess.requireEdit(who, recorded);
    if (!recorded.isDeleted()) {
      throw ProblemType.CONFLICT.because("This recording was not deleted.").asException();
    }
    change(recorded, document -> document.withDeletedAt(null));
    note(who, recorded, "restored", null);
  }

  /** The file of one language's captions; there if the document says so. */
  public static Path captionsFile(Recorded recorded, String language) {
    return recorded.folder().resolve("captions").resolve(language + ".vtt");
  }

  /** The poster's file; there if the document says so. */
  public static Path posterFile(Recorded recorded) {
    return recorded.folder().resolve("poster.jpg");
  }

  private static void requireEdit(Optional<Person> who, Recorded recorded) {
    RecordingAccess.requireEdit(who, recorded);
    if (recorded.isDeleted()) {
      throw RecordingAccess.noRecording();
    }
  }

  private static void requireEnded(Recorded recorded, String done) {
    if (recorded.isLive()) {
      throw ProblemType.CONFLICT
          .because("A recording can be %s once its session has ended.".formatted(done))
          .asException();
    }
  }

  private static void requireLanguage(String language) {
    if (!LANGUAGE.matcher(language).matches() || language.equals("floor")) {
      throw ProblemType.INVALID
          .because("Captions have a language tag such as fr, ja or pt-BR.")
          .asException();
    }
  }

  private static void change(Recorded recorded, UnaryOperator<RecordingDocument> edit) {
    recorded.change(edit);
  }

  private void note(Optional<Person> who, Recorded recorded, String what, @Nullable String detail) {
    String by = who.map(Person::id).orElse("");
    notes.note(recorded.session(), new JournalEvent.Edited(by, what, detail));
  }
}
