package org.kakehashi.server.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.recording.Recording;
import org.kakehashi.media.recording.Track;
import org.kakehashi.media.recording.TrackInfo;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.store.JournalEntry;
import org.kakehashi.server.store.JournalEvent;
import org.kakehashi.server.store.Store;

/** Describes recordings to people. Thread: any that may wait. */
public final class RecordingViews {
  private final RecordingCatalogue catalogue;
  private final RecentEntries journals;

  /**
   * @param store where the journals are
   * @param nanoTime a monotonic clock, in nanoseconds
   */
  public RecordingViews(RecordingCatalogue catalogue, Store store, LongSupplier nanoTime) {
    this.catalogue = catalogue;
    this.journals = new RecentEntries(store::entries, nanoTime);
  }

  /** All that somebody may see; the newest first. */
  public List<RecordingView.Summary> all(Optional<Person> who) {
    return catalogue.all().stream()
        .filter(recorded -> RecordingAccess.maySee(who, recorded))
        .flatMap(recorded -> summaryIfReadable(who, recorded).stream())
        .toList();
  }

  private Optional<RecordingView.Summary> summaryIfReadable(
      Optional<Person> who, Recorded recorded) {
    try {
      return Optional.of(summary(who, recorded));
    } catch (ProblemException unreadable) {
      return Optional.empty(); // Its own address says why.
    }
  }

  /** One of them, entirely. */
  public RecordingView view(Optional<Person> who, Recorded recorded) {
    RecordingDocument document = recorded.document();
    Recording media = recorded.media();
    List<JournalEntry> entries = journals.of(recorded.session(), recorded.isLive());
    long durationMs = media.duration().toMillis();
    List<ChannelHistory.Stretch> timeline =
        ChannelHistory.of(entries, document.languages(), media.startedAt(), durationMs);
    return new RecordingView(
        summary(who, recorded),
        media.tracks().stream()
            .map(Track::info)
            .map(info -> track(info, entries, media.startedAt(), durationMs))
            .toList(),
        document.cut(),
        suggestedTrim(entries, media.startedAt(), durationMs),
        chapters(recorded, entries),
        timeline,
        document.captions(),
        timeline.stream().anyMatch(stretch -> stretch.kind().equals("interpretation")),
        recorded.isLive() ? List.of() : downloads(document, media),
        media.gaps().stream()
            .map(gap -> new RecordingView.Stretch(Cut.ms(gap.start()), Cut.ms(gap.end())))
            .toList());
  }

  /** Its chapters. */
  public List<Chapter> chapters(Recorded recorded) {
    return chapters(recorded, journals.of(recorded.session(), recorded.isLive()));
  }

  private static List<Chapter> chapters(Recorded recorded, List<JournalEntry> entries) {
    Recording media = recorded.media();
    return Chapters.of(
        entries,
        media.startedAt(),
        media.duration().toMillis(),
        recorded.document().agenda(),
        media.gaps(),
        recorded.document().chapterTitles());
  }

  private RecordingView.Summary summary(Optional<Person> who, Recorded recorded) {
    RecordingDocument document = recorded.document();
    RecordingDocument.Figures figures = document.figures();
    if (figures == null) {
      Recording media = recorded.media();
      figures =
          new RecordingDocument.Figures(
              media.startedAt(), media.duration().toMillis(), media.bytes());
    }
    Instant deletedAt = document.deletedAt();
    String hls = "/hls/" + document.session() + "/";
    return new RecordingView.Summary(
        document.session(),
        document.title(),
        document.event(),
        recorded.isLive() ? RecordingView.State.LIVE : RecordingView.State.ENDED,
        document.published(),
        figures.startedAt(),
        figures.durationMs(),
        document.languages(),
        document.poster() == null ? null : hls + "poster.jpg?v=" + document.poster(),
        figures.bytes(),
        deletedAt == null ? null : catalogue.keptUntil(deletedAt),
        hls + "index.m3u8",
        "/replay/" + document.session(),
        RecordingAccess.mayEdit(who, recorded));
  }

  private static RecordingView.TrackView track(
      TrackInfo info, List<JournalEntry> entries, Instant startedAt, long durationMs) {
    boolean isBeside = info.name().equals(TrackInfo.SLIDES) || info.name().equals(TrackInfo.SIGN);
    return new RecordingView.TrackView(
        info.name(),
        info.kind().name().toLowerCase(Locale.ROOT),
        info.language(),
        isBeside ? Visible.of(info.name(), entries, startedAt, durationMs) : null);
  }

  /** From the first who comes on stage to the end that was asked for. */
  private static @Nullable Cut suggestedTrim(
      List<JournalEntry> entries, Instant startedAt, long durationMs) {
    Long first = null;
    long end = durationMs;
    for (JournalEntry entry : entries) {
      long at = Math.clamp(Duration.between(startedAt, entry.at()).toMillis(), 0, durationMs);
      switch (entry.event()) {
        case JournalEvent.OnStage stage when stage.state().equals("on") ->
            first = first == null ? (Long) at : first;
        case JournalEvent.Ended ended -> end = at;
        case JournalEvent.Resumed resumed -> end = durationMs;
        default -> {}
      }
    }
    return first == null || end <= first ? null : new Cut(first, end);
  }

  private static List<RecordingView.Download> downloads(
      RecordingDocument document, Recording media) {
    String base = "/api/recordings/" + document.session() + "/";
    List<RecordingView.Download> downloads = new ArrayList<>();
    downloads.add(new RecordingView.Download("video", null, base + "download.mp4"));
    for (Track track : media.tracks()) {
      if (track.info().isAudio()) {
        String channel = track.info().name();
        downloads.add(
            new RecordingView.Download("audio", channel, base + "download/" + channel + ".m4a"));
      }
    }
    return downloads;
  }
}
