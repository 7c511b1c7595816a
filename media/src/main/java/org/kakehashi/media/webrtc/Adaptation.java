package org.kakehashi.media.webrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.congestion.BandwidthEstimator;
import org.kakehashi.media.congestion.SentPackets;
import org.kakehashi.media.rtp.RtcpPacket.TransportFeedback;
import org.kakehashi.media.webrtc.PictureLadder.Wish;

/**
 * Fits a listener's pictures to its line: sound first, then what {@link PictureLadder} finds room
 * for. Where not everything is sent, now and then a little padding finds out whether the line takes
 * more by now. On the peer's loop.
 */
final class Adaptation {
  private static final long CHOOSE_EVERY = TimeUnit.MILLISECONDS.toNanos(200);

  /** Nothing larger is tried so soon after congestion: its queue has to drain first. */
  private static final long CALM = TimeUnit.SECONDS.toNanos(2);

  /** What is told has to have been so for this long. */
  private static final long SURE = TimeUnit.SECONDS.toNanos(1);

  private static final long SOUND_WINDOW = TimeUnit.SECONDS.toNanos(1);
  private static final long LEAST_SOUND = 48_000;
  private static final double USABLE = 0.95;
  private static final double FAR_TOO_MUCH = 1.5;

  private final List<OutgoingTrack> tracks;
  private final SentPackets sent;
  private final Consumer<PictureService> told;
  private final BandwidthEstimator estimator;
  private final Probe probe = new Probe();
  private long choseAt;
  private long soundAt;
  private long soundBytes;
  private long soundRate = LEAST_SOUND;
  private PictureService service = PictureService.FULL;
  private PictureService last = PictureService.FULL;
  private long lastSince;
  private boolean started;

  /**
   * @param sent where the tracks number their packets
   * @param told hears of every change that lasts
   */
  Adaptation(
      List<OutgoingTrack> tracks, SentPackets sent, long most, Consumer<PictureService> told) {
    this.tracks = tracks;
    this.sent = sent;
    this.estimator = new BandwidthEstimator(most);
    this.told = told;
  }

  void feedback(TransportFeedback feedback, long nowNanos) {
    estimator.feedback(feedback, sent, nowNanos);
    if (estimator.isCongested()) {
      probe.failed(nowNanos);
      choose(nowNanos);
    }
  }

  /** Whether it wants to be called at every turn, and not now and then. */
  boolean isProbing() {
    return probe.isRunning();
  }

  void tick(long nowNanos) {
    if (!started) {
      started = true;
      soundAt = nowNanos;
      lastSince = nowNanos;
      choseAt = nowNanos - CHOOSE_EVERY;
    }
    if (nowNanos - choseAt >= CHOOSE_EVERY) {
      choose(nowNanos);
    }
    if (probe.isRunning()) {
      pad(probe.due(nowNanos));
    }
  }

  /** The estimate of what the line takes, in bit/s. */
  long bitsPerSecond() {
    return estimator.bitsPerSecond();
  }

  private void choose(long nowNanos) {
    choseAt = nowNanos;
    countSound(nowNanos);
    List<OutgoingTrack> shown = new ArrayList<>();
    List<Wish> wishes = new ArrayList<>();
    for (OutgoingTrack track : tracks) {
      LayerChoice choice = track.choice();
      List<Source> layers = choice == null ? List.of() : choice.look();
      if (choice != null && !layers.isEmpty()) {
        shown.add(track);
        wishes.add(
            new Wish(
                track.importance(),
                layers.stream().map(Source::bitsPerSecond).toList(),
                choice.target()));
      }
    }
    long budget = (long) (estimator.bitsPerSecond() * USABLE) - soundRate;
    int[] chosen = PictureLadder.share(budget, wishes);
    boolean calm = !estimator.isLimited() || nowNanos - estimator.backedOffAt() > CALM;
    long flowing = apply(shown, wishes, chosen, calm, budget);
    if (PictureLadder.service(wishes, chosen) == PictureService.FULL) {
      probe.stop();
    } else if (calm) {
      long goal = PictureLadder.nextStep(wishes, chosen) + soundRate;
      probe.consider(goal, estimator.bitsPerSecond(), flowing + soundRate, nowNanos);
    }
    say(PictureLadder.service(wishes, chosen), nowNanos);
  }

  /** Lets the tracks aim at what was chosen; returns the bit/s of picture that flow now. */
  private static long apply(
      List<OutgoingTrack> shown, List<Wish> wishes, int[] chosen, boolean calm, long budget) {
    long flowing = 0;
    for (int i = 0; i < chosen.length; i++) {
      LayerChoice choice = shown.get(i).choice();
      if (choice == null) {
        continue;
      }
      int largest = wishes.get(i).largest();
      int present = Math.min(choice.target(), largest);
      if (chosen[i] > present && !calm) {
        chosen[i] = present;
      }
      // What is whole stays whole when the next camera has more layers.
      choice.target(chosen[i] == largest ? LayerChoice.LARGEST : chosen[i]);
      Source current = choice.current();
      flowing += current == null ? 0 : current.bitsPerSecond();
    }
    if (flowing > FAR_TOO_MUCH * Math.max(budget, 0)) {
      for (OutgoingTrack track : shown) {
        LayerChoice choice = track.choice();
        if (choice != null) {
          choice.stop();
        }
      }
    }
    return flowing;
  }

  private void countSound(long nowNanos) {
    if (nowNanos - soundAt < SOUND_WINDOW) {
      return;
    }
    long bytes = 0;
    for (OutgoingTrack track : tracks) {
      bytes += track.isAudio() ? track.stats().bytes() : 0;
    }
    long rate = (bytes - soundBytes) * 8 * TimeUnit.SECONDS.toNanos(1) / (nowNanos - soundAt);
    soundRate = Math.max(LEAST_SOUND, rate);
    soundBytes = bytes;
    soundAt = nowNanos;
  }

  private void pad(int bytes) {
    for (OutgoingTrack track : tracks) {
      if (!track.isAudio() && track.pad(bytes)) {
        return;
      }
    }
  }

  private void say(PictureService now, long nowNanos) {
    if (now != last) {
      last = now;
      lastSince = nowNanos;
    } else if (now != service && nowNanos - lastSince >= SURE) {
      service = now;
      told.accept(now);
    }
  }
}
