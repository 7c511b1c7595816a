package org.kakehashi.server.programme;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One session of an event: a plenary, a workshop, a meeting.
 *
 * @param id unique on the node, safe in a URL
 * @param startsAt when it is announced to start; null if open-ended
 * @param endsAt when it is announced to end; null if open-ended
 * @param languages the languages offered, each a channel beside the floor
 * @param open whether anybody may listen without a token
 * @param chaired whether speakers wait to be put on stage
 * @param uninterpreted what a channel carries while nobody interprets into it
 * @param collision what happens to a second booth that opens on a busy channel
 * @param recording whether it is recorded, and what becomes of it
 */
public record SessionPlan(
    String id,
    Event event,
    LocalText title,
    @Nullable Instant startsAt,
    @Nullable Instant endsAt,
    List<String> languages,
    boolean open,
    boolean chaired,
    Uninterpreted uninterpreted,
    Collision collision,
    List<BoothPlan> booths,
    RecordingPlan recording) {
  public SessionPlan {
    languages = List.copyOf(languages);
    booths = List.copyOf(booths);
  }

  /** What a channel carries while nobody interprets into it. */
  public enum Uninterpreted {
    /** The floor, said to be the original. */
    FLOOR,
    /** Nothing. */
    SILENCE
  }

  /** What happens to a second booth that opens its microphone on a busy channel. */
  public enum Collision {
    /** It is refused. */
    INTERLOCK,
    /** It takes the channel, and the first is told. */
    OVERRIDE
  }

  /** The booth with this id. */
  public Optional<BoothPlan> booth(String boothId) {
    return booths.stream().filter(booth -> booth.id().equals(boothId)).findFirst();
  }

  /** Whether {@code channel} is one of this session's: the floor or a language offered. */
  public boolean hasChannel(String channel) {
    return channel.equals("floor") || languages.contains(channel);
  }
}
