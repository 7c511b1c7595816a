package org.kakehashi.server.live;

import java.time.Duration;

/**
 * How much a running session takes, and how long it waits; the {@code live} section of the
 * configuration.
 *
 * @param people with how many in a session at once no more attendees are let in
 * @param sockets how many session sockets a session takes; people may share a link, so there may be
 *     more sockets than people. Those who have work to do may have as many again
 * @param listeners how many WHEP connections of attendees a session takes
 * @param ears how many WHEP connections one person who has work to do may have
 * @param publications how many WHIP connections one person may have in a session
 * @param requestsPerSecond how many messages a socket may send a second, on average
 * @param requestBurst how many it may send at once
 * @param nameLength how many characters of a name are shown
 * @param stageSources how many sources a stage takes, waiting ones included
 * @param filesPlaying how many files may play at once in a session
 * @param lostAfter how long a source may be silent on the network before it counts as lost
 * @param seatKept how long the place of a source that vanished is kept for its return
 * @param floorLanguageAfter how long somebody must speak before the floor's language follows
 * @param resumable how long the end of a session can be undone
 */
public record LiveLimits(
    int people,
    int sockets,
    int listeners,
    int ears,
    int publications,
    int requestsPerSecond,
    int requestBurst,
    int nameLength,
    int stageSources,
    int filesPlaying,
    Duration lostAfter,
    Duration seatKept,
    Duration floorLanguageAfter,
    Duration resumable) {

  public LiveLimits {
    requireAtLeastOne("people", people);
    requireAtLeastOne("sockets", sockets);
    requireAtLeastOne("listeners", listeners);
    requireAtLeastOne("ears", ears);
    requireAtLeastOne("publications", publications);
    requireAtLeastOne("requestsPerSecond", requestsPerSecond);
    requireAtLeastOne("requestBurst", requestBurst);
    requireAtLeastOne("nameLength", nameLength);
    requireAtLeastOne("stageSources", stageSources);
    requireAtLeastOne("filesPlaying", filesPlaying);
    requireAtLeastOne("lostAfter (ms)", lostAfter.toMillis());
    requireAtLeastOne("seatKept (ms)", seatKept.toMillis());
    requireAtLeastOne("floorLanguageAfter (ms)", floorLanguageAfter.toMillis());
    requireAtLeastOne("resumable (ms)", resumable.toMillis());
  }

  /** What a node of one or two cores can carry. */
  public static LiveLimits defaults() {
    return new LiveLimits(
        5_000,
        10_000,
        5_000,
        32,
        8,
        20,
        60,
        80,
        32,
        4,
        Duration.ofSeconds(2),
        Duration.ofMinutes(5),
        Duration.ofSeconds(3),
        Duration.ofSeconds(60));
  }

  /** The name as it is shown: without line breaks, and no longer than {@link #nameLength}. */
  String shown(String name) {
    String oneLine = name.replaceAll("\\p{Cntrl}", " ").strip();
    return oneLine.codePointCount(0, oneLine.length()) <= nameLength
        ? oneLine
        : oneLine.substring(0, oneLine.offsetByCodePoints(0, nameLength - 1)) + "…";
  }

  private static void requireAtLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("live." + name + " must be at least 1, not " + value);
    }
  }
}
