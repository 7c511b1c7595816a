package org.kakehashi.server.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.FloorLanguage.Voice;
import org.kakehashi.media.channel.SessionState.OpenMicrophone;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.session.FloorMicrophone;
import org.kakehashi.media.stage.CameraSlots;
import org.kakehashi.media.stage.MainPicture;
import org.kakehashi.server.problem.ProblemType;

/** Who is on stage or waits for it, and which pictures are shown. Thread: the session's. */
final class Stage {
  private final List<StageSource> sources = new ArrayList<>();
  private final ActiveSpeaker active = new ActiveSpeaker();
  private CameraSlots cameras = CameraSlots.EMPTY;
  private MainPicture picture = MainPicture.NONE;
  private @Nullable StageSource slides;
  private @Nullable StageSource sign;
  private @Nullable String chosenPicture;

  /** All sources, in the order in which they came on stage; those who wait come last. */
  List<StageSource> sources() {
    return Collections.unmodifiableList(sources);
  }

  /** The source with this id. */
  Optional<StageSource> find(String id) {
    return sources.stream().filter(source -> source.id().equals(id)).findFirst();
  }

  /**
   * The source with this id.
   *
   * @throws org.kakehashi.server.problem.ProblemException 404 if there is none
   */
  StageSource require(String id) {
    return find(id)
        .orElseThrow(
            () ->
                ProblemType.NO_SUCH_SOURCE
                    .because("This source has left, or never was here.")
                    .asException());
  }

  /** What {@code person} sends to the floor. */
  List<StageSource> of(String person) {
    return sources.stream().filter(source -> source.person().id().equals(person)).toList();
  }

  /** The source that a publication is behind. */
  Optional<StageSource> of(Publication publication) {
    return sources.stream().filter(source -> source.publication() == publication).findFirst();
  }

  void add(StageSource source) {
    sources.add(source);
  }

  void remove(StageSource source) {
    sources.remove(source);
    source.leave();
    if (Objects.equals(chosenPicture, source.id())) {
      chosenPicture = null;
    }
  }

  /** Puts a source on stage, after those who are there; or takes it off. */
  void move(StageSource source, boolean on) {
    if (source.isOnStage() == on) {
      return;
    }
    source.onStage(on);
    sources.remove(source);
    long before = on ? sources.stream().filter(StageSource::isOnStage).count() : sources.size();
    sources.add((int) before, source);
  }

  /** The chair's choice of the main picture; null follows the active speaker. */
  void choosePicture(@Nullable String source) {
    chosenPicture = source;
  }

  /** The shared screen, if one is shown. */
  Optional<StageSource> slides() {
    return Optional.ofNullable(slides);
  }

  /** Shows a shared screen; null takes it away. */
  void showSlides(@Nullable StageSource next) {
    StageSource before = slides;
    if (before != null && before != next) {
      before.leave();
    }
    slides = next;
  }

  /** The sign-language interpreter, if there is one. */
  Optional<StageSource> sign() {
    return Optional.ofNullable(sign);
  }

  /** Shows a sign-language interpreter; null takes them away. */
  void showSign(@Nullable StageSource next) {
    StageSource before = sign;
    if (before != null && before != next) {
      before.leave();
    }
    sign = next;
  }

  /** Looks at every source; whether anything others see has changed. */
  boolean look(long nowTicks, long lostAfter) {
    boolean changed = false;
    for (StageSource source : sources) {
      changed |= source.look(nowTicks, lostAfter);
    }
    StageSource shared = slides;
    if (shared != null) {
      changed |= shared.look(nowTicks, lostAfter);
    }
    StageSource signs = sign;
    if (signs != null) {
      changed |= signs.look(nowTicks, lostAfter);
    }
    return changed | active.look(sources, nowTicks);
  }

  /** Chooses pictures anew from who is on stage now. */
  void settle() {
    List<String> withCamera =
        sources.stream().filter(StageSource::hasCamera).map(StageSource::id).toList();
    cameras = cameras.with(withCamera);
    picture = picture.choose(withCamera, chosenPicture, active.current());
  }

  /** Who speaks, or spoke last and is still here. */
  Optional<StageSource> speaker() {
    return Optional.ofNullable(active.current()).flatMap(this::find);
  }

  CameraSlots cameras() {
    return cameras;
  }

  MainPicture picture() {
    return picture;
  }

  /** The open microphones as the switchboard sees them; a shared screen's sound among them. */
  List<OpenMicrophone> openMicrophones() {
    return heard().stream()
        .map(source -> new OpenMicrophone(source.id(), source.person().id(), source.language()))
        .toList();
  }

  /** The open microphones as the mixer sees them. */
  List<FloorMicrophone> floorMicrophones() {
    List<FloorMicrophone> microphones = new ArrayList<>();
    for (StageSource source : heard()) {
      Source audio = source.audio();
      if (audio != null) {
        microphones.add(new FloorMicrophone(audio, source.person().id()));
      }
    }
    return microphones;
  }

  /** The open microphones as floor-language detection sees them. */
  List<Voice> voices() {
    return heard().stream()
        .map(source -> new Voice(source.id(), source.language(), source.speakingSince()))
        .toList();
  }

  /** Who is heard on the floor now. */
  List<StageSource> heard() {
    List<StageSource> heard = new ArrayList<>();
    for (StageSource source : sources) {
      if (source.isHeard()) {
        heard.add(source);
      }
    }
    StageSource shared = slides;
    if (shared != null && shared.isHeard()) {
      heard.add(shared);
    }
    return heard;
  }

  /** A camera's picture by its source's id; null if it has gone. */
  @Nullable Source camera(String id) {
    return find(id).map(source -> source.publication().video()).orElse(null);
  }

  /** The shared screen's picture; null if there is none, or nothing comes of it. */
  @Nullable Source slidesPicture() {
    return picture(slides);
  }

  /** The sign-language interpreter's picture; null if there is none, or nothing comes of it. */
  @Nullable Source signPicture() {
    return picture(sign);
  }

  private static @Nullable Source picture(@Nullable StageSource from) {
    return from != null && from.hasCamera() ? from.publication().video() : null;
  }
}
