package org.kakehashi.server.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The programme, and what holds in every session of it.
 *
 * @param programme the file with events and sessions
 * @param files the folder with sound and picture files that can be put on stage
 * @param maxPeople people in one session at once, from which on no attendee is let in
 * @param maxListeners media connections of attendees that listen to one session at once
 * @param floorLanguageAfter how long a speaker must have spoken before their language counts as the
 *     floor's
 * @param lostMicrophoneAfter how long a channel waits for an interpreter who vanished on air
 * @param seatKeptFor how long the place of somebody who vanished is kept for their return
 * @param resumableFor how long the end of a session can be undone
 */
public record SessionSettings(
    Path programme,
    Path files,
    int maxPeople,
    int maxListeners,
    Duration floorLanguageAfter,
    Duration lostMicrophoneAfter,
    Duration seatKeptFor,
    Duration resumableFor) {

  /** What holds where the file says nothing; paths relative to the configuration's folder. */
  public static final SessionSettings DEFAULT =
      new SessionSettings(
          Path.of("programme.yaml"),
          Path.of("files"),
          5_000,
          5_000,
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1));

  static SessionSettings read(Section in, Path folder) {
    Duration least = Duration.ofMillis(100);
    Duration minute = Duration.ofMinutes(1);
    return new SessionSettings(
        folder.resolve(in.text("programme", DEFAULT.programme.toString())),
        folder.resolve(in.text("files", DEFAULT.files.toString())),
        in.integer("maxPeople", DEFAULT.maxPeople, 1, 1_000_000),
        in.integer("maxListeners", DEFAULT.maxListeners, 1, 1_000_000),
        in.duration("floorLanguageAfter", DEFAULT.floorLanguageAfter, least, minute),
        in.duration("lostMicrophoneAfter", DEFAULT.lostMicrophoneAfter, least, minute),
        in.duration("seatKeptFor", DEFAULT.seatKeptFor, least, Duration.ofHours(8)),
        in.duration(
            "resumableFor", DEFAULT.resumableFor, Duration.ofSeconds(1), Duration.ofHours(1)));
  }
}
