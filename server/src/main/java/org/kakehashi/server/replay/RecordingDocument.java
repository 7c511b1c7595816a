package org.kakehashi.server.replay;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.programme.AgendaItem;
import org.kakehashi.server.programme.LocalText;
import org.kakehashi.server.programme.SessionPlan;

/**
 * What is known of a recording beside its sound and picture: {@code recording.json} in its folder.
 * It holds all that is needed when the session is no longer in the programme.
 *
 * @param open whether anybody may listen to the session
 * @param published whether whoever may listen may see it once it has ended
 * @param cut what is shown; null for all
 * @param chapterTitles by the chapter's id, where somebody renamed it
 * @param captions languages there are captions in
 * @param poster when there is a poster: a number that changes with it; else null
 * @param deletedAt when it was deleted, which can be undone for a while; else null
 * @param figures once it has ended; else null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RecordingDocument(
    String session,
    LocalText title,
    EventName event,
    List<String> languages,
    boolean open,
    boolean published,
    List<AgendaItem> agenda,
    @Nullable Cut cut,
    Map<String, LocalText> chapterTitles,
    List<String> captions,
    @Nullable Long poster,
    @Nullable Instant deletedAt,
    @Nullable Figures figures) {

  /** The event it belongs to. */
  public record EventName(String id, LocalText title) {}

  /**
   * What does not change any more.
   *
   * @param startedAt the wall-clock time of its first moment
   * @param bytes on disk
   */
  public record Figures(Instant startedAt, long durationMs, long bytes) {}

  public RecordingDocument {
    languages = List.copyOf(languages);
    agenda = List.copyOf(agenda);
    chapterTitles = Collections.unmodifiableMap(new LinkedHashMap<>(chapterTitles));
    captions = List.copyOf(captions);
  }

  /** Of a session that begins to be recorded. */
  static RecordingDocument of(SessionPlan plan) {
    return new RecordingDocument(
        plan.id(),
        plan.title(),
        new EventName(plan.event().id(), plan.event().title()),
        plan.languages(),
        plan.open(),
        plan.recording().published(),
        plan.recording().agenda(),
        null,
        Map.of(),
        List.of(),
        null,
        null,
        null);
  }

  /** The same, with what the programme says now; what people decided since stays. */
  RecordingDocument with(SessionPlan plan) {
    RecordingDocument now = of(plan);
    return new RecordingDocument(
        session,
        now.title,
        now.event,
        now.languages,
        now.open,
        published,
        now.agenda,
        cut,
        chapterTitles,
        captions,
        poster,
        deletedAt,
        figures);
  }

  RecordingDocument withPublished(boolean now) {
    return copy(now, cut, chapterTitles, captions, poster, deletedAt, figures);
  }

  RecordingDocument withCut(@Nullable Cut now) {
    return copy(published, now, chapterTitles, captions, poster, deletedAt, figures);
  }

  /** Renames a chapter; null gives it its first name back. */
  RecordingDocument withTitle(String chapter, @Nullable LocalText now) {
    Map<String, LocalText> titles = new LinkedHashMap<>(chapterTitles);
    if (now == null) {
      titles.remove(chapter);
    } else {
      titles.put(chapter, now);
    }
    return copy(published, cut, titles, captions, poster, deletedAt, figures);
  }

  RecordingDocument withCaptions(String language, boolean there) {
    List<String> now = new ArrayList<>(captions);
    now.remove(language);
    if (there) {
      now.add(language);
    }
    return copy(published, cut, chapterTitles, now, poster, deletedAt, figures);
  }

  RecordingDocument withPoster(long now) {
    return copy(published, cut, chapterTitles, captions, now, deletedAt, figures);
  }

  RecordingDocument withDeletedAt(@Nullable Instant now) {
    return copy(published, cut, chapterTitles, captions, poster, now, figures);
  }

  RecordingDocument withFigures(@Nullable Figures now) {
    return copy(published, cut, chapterTitles, captions, poster, deletedAt, now);
  }

  private RecordingDocument copy(
      boolean newPublished,
      @Nullable Cut newCut,
      Map<String, LocalText> newTitles,
      List<String> newCaptions,
      @Nullable Long newPoster,
      @Nullable Instant newDeletedAt,
      @Nullable Figures newFigures) {
    return new RecordingDocument(
        session,
        title,
        event,
        languages,
        open,
        newPublished,
        agenda,
        newCut,
        newTitles,
        newCaptions,
        newPoster,
        newDeletedAt,
        newFigures);
  }
}
