package org.kakehashi.server;

import io.netty.buffer.PooledByteBufAllocator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kakehashi.media.audio.FloorMixer;
import org.kakehashi.media.audio.Silence;
import org.kakehashi.media.audio.Ticker;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.session.FloorMicrophone;
import org.kakehashi.media.session.FloorMix;
import org.kakehashi.media.session.MediaSession;
import org.kakehashi.server.live.SessionMedia;
import org.kakehashi.server.programme.SessionPlan;

/** Gives each session its mixer and its silence, all on the node's one audio thread. */
record FloorMixing(Ticker ticker) implements SessionMedia {

  @Override
  public MediaSession open(SessionPlan plan, MediaClock clock) {
    Silence silence = new Silence("silence", clock, ticker);
    FloorMixer mixer =
        new FloorMixer(
            "mix", clock, ticker, FloorMixer.Settings.standard(), PooledByteBufAllocator.DEFAULT);
    return new MediaSession(clock, plan.languages(), new Mix(mixer, silence), silence.source());
  }

  /** The mixer as the session asks for it; its end is the silence's too. */
  private record Mix(FloorMixer mixer, Silence silence) implements FloorMix {
    @Override
    public void mix(List<FloorMicrophone> microphones) {
      Map<Source, String> owners = HashMap.newHashMap(microphones.size());
      microphones.forEach(microphone -> owners.put(microphone.source(), microphone.person()));
      mixer.mix(owners);
    }

    @Override
    public Source everyone() {
      return mixer.everyone();
    }

    @Override
    public Source without(String person) {
      return mixer.without(person);
    }

    @Override
    public void close() {
      mixer.close();
      silence.close();
    }
  }
}
