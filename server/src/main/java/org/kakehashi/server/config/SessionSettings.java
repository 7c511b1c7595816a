package org.kakehashi.server.config;

import java.nio.file.Path;
import java.time.Duration;
import org.kakehashi.server.programme.SessionPlan.Collision;
import org.kakehashi.server.programme.SessionPlan.Uninterpreted;

/**
 * The programme, and what holds in every session unless the programme says otherwise.
 *
 * @param programme the file with events and sessions
 * @param files the folder with sound and picture files that can be put on stage
 * @param floorLanguageAfter how long a speaker must have spoken before their language counts as the
 *     floor's
 * @param lostMicrophoneAfter how long a channel waits for an interpreter who vanished on air
 * @param uninterpreted what a channel carries while nobody interprets into it
 * @param collision what happens to a second booth that opens on a busy channel
 */
public record SessionSettings(
    Path programme,
    Path files,
    Duration floorLanguageAfter,
    Duration lostMicrophoneAfter,
    Uninterpreted uninterpreted,
    Collision collision) {

  /** What holds where the file says nothing; paths relative to the configuration's folder. */
  public static final SessionSettings DEFAULT =
      new SessionSettings(
          Path.of("programme.yaml"),
          Path.of("files"),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Uninterpreted.FLOOR,
          Collision.INTERLOCK);

  static SessionSettings read(Section in, Path folder) {
    Duration minute = Duration.ofMinutes(1);
    return new SessionSettings(
        folder.resolve(in.text("programme", DEFAULT.programme.toString())),
        folder.resolve(in.text("files", DEFAULT.files.toString())),
        in.duration("floorLanguageAfter", DEFAULT.floorLanguageAfter, Duration.ZERO, minute),
        in.duration("lostMicrophoneAfter", DEFAULT.lostMicrophoneAfter, Duration.ZERO, minute),
        in.choice("uninterpreted", DEFAULT.uninterpreted),
        in.choice("collision", DEFAULT.collision));
  }
}
