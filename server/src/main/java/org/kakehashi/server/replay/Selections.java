package org.kakehashi.server.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.kakehashi.media.recording.DownloadChapter;
import org.kakehashi.media.recording.Mp4Download.Selection;
import org.kakehashi.media.recording.Recording;
import org.kakehashi.media.recording.Track;
import org.kakehashi.media.recording.TrackInfo;
import org.kakehashi.media.recording.Trim;

/** What goes into downloads: what is shown of the recording, with its chapters. Thread: any. */
public record Selections(RecordingViews views) {
  private static final int MAX_CHAPTERS = 255;

  /**
   * Picture and all channels.
   *
   * @param channel which sound plays by itself
   */
  public Selection everything(Recorded recorded, String channel) {
    List<String> tracks = new ArrayList<>(List.of(TrackInfo.PICTURE));
    for (Track track : recorded.media().tracks()) {
      if (track.info().isAudio()) {
        tracks.add(track.info().name());
      }
    }
    return selection(recorded, tracks, channel);
  }

  /** One channel's sound. */
  public Selection sound(Recorded recorded, String channel) {
    return selection(recorded, List.of(channel), channel);
  }

  private Selection selection(Recorded recorded, List<String> tracks, String channel) {
    RecordingDocument document = recorded.document();
    Recording media = recorded.media();
    Cut cut = document.cut();
    String language = channel.equals("floor") ? "" : channel;
    return new Selection(
        tracks,
        cut == null ? Trim.NONE : cut.trim(),
        chapters(recorded, language),
        channel,
        Tracks.names(media),
        document.title().in(language));
  }

  /** A player shows one list, so they must not overlap: the agenda's where there is one. */
  private List<DownloadChapter> chapters(Recorded recorded, String language) {
    List<Chapter> all = views.chapters(recorded);
    boolean agenda = all.stream().anyMatch(chapter -> chapter.kind() == Chapter.Kind.AGENDA);
    Chapter.Kind kind = agenda ? Chapter.Kind.AGENDA : Chapter.Kind.SPEAKER;
    return all.stream()
        .filter(chapter -> chapter.kind() == kind)
        .sorted(Comparator.comparingLong(Chapter::startMs))
        .limit(MAX_CHAPTERS)
        .map(chapter -> chapter(chapter, language))
        .toList();
  }

  private static DownloadChapter chapter(Chapter chapter, String language) {
    Trim trim = new Cut(chapter.startMs(), chapter.endMs()).trim();
    String speaker = chapter.speaker();
    String title =
        chapter.title() != null ? chapter.title().in(language) : speaker == null ? "" : speaker;
    return new DownloadChapter(trim.start(), trim.end(), title);
  }
}
