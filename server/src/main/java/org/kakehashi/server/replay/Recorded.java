package org.kakehashi.server.replay;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.recording.Recording;
import org.kakehashi.media.recording.RecordingException;
import org.kakehashi.server.problem.ProblemType;

/** One recording of the catalogue: its document, and its media once somebody asks. Thread: any. */
public final class Recorded {
  private final Path folder;
  private final DocumentFile file;
  private volatile RecordingDocument document;
  private volatile @Nullable Recording media;
  private volatile boolean live;

  Recorded(Path folder, DocumentFile file, RecordingDocument document) {
    this.folder = folder;
    this.file = file;
    this.document = document;
  }

  /** The session's id. */
  public String session() {
    return document.session();
  }

  /** Its folder. */
  public Path folder() {
    return folder;
  }

  /** What is known of it. */
  public RecordingDocument document() {
    return document;
  }

  /** Whether its session runs, so that more of it comes. */
  public boolean isLive() {
    return live;
  }

  /** Whether it was deleted, which can still be undone. */
  public boolean isDeleted() {
    return document.deletedAt() != null;
  }

  /**
   * Its sound and picture; opened if need be, which reads its indexes.
   *
   * @throws org.kakehashi.server.problem.ProblemException 404 if the files cannot be used
   */
  public Recording media() {
    Recording opened = media;
    return opened == null ? open() : opened;
  }

  private synchronized Recording open() {
    Recording opened = media;
    if (opened == null) {
      try {
        opened = Recording.open(folder);
      } catch (RecordingException unusable) {
        throw ProblemType.NO_SUCH_RECORDING
            .because("Its files cannot be read: " + unusable.getMessage())
            .asException();
      }
      media = opened;
    }
    return opened;
  }

  /** When it began; null if there is nothing of it that can be read. */
  @Nullable Instant startedAt() {
    RecordingDocument.Figures figures = document.figures();
    Recording opened = media;
    return opened != null ? opened.startedAt() : figures == null ? null : figures.startedAt();
  }

  /** It is recorded now. */
  synchronized void began(Recording recording) {
    media = recording;
    live = true;
  }

  /** Nothing more comes; the figures are known. */
  synchronized void ended(Recording whole) {
    media = whole;
    live = false;
    change(
        document ->
            document.withFigures(
                new RecordingDocument.Figures(
                    whole.startedAt(), whole.duration().toMillis(), whole.bytes())));
  }

  /** The server stops. */
  synchronized void interrupted() {
    live = false;
  }

  /** Lets go of what was read; it is read again when somebody asks. */
  synchronized void rest() {
    if (!live) {
      media = null;
    }
  }

  /** Changes the document, on disk first. */
  synchronized RecordingDocument change(UnaryOperator<RecordingDocument> edit) {
    RecordingDocument next = edit.apply(document);
    if (!next.equals(document)) {
      file.write(folder, next);
      document = next;
    }
    return next;
  }
}
