package org.kakehashi.media.audio;

/**
 * What the microphones of a mix went through.
 *
 * @param waiting packets that wait to be decoded now
 * @param concealed stretches of up to 20 ms that were invented because nothing was there
 * @param recovered losses recovered from in-band FEC
 * @param garbage packets that were no Opus
 * @param jumps times sound was left out to catch up
 */
public record MixStats(int waiting, long concealed, long recovered, long garbage, long jumps) {
  /** Nothing yet. */
  public static final MixStats NONE = new MixStats(0, 0, 0, 0, 0);

  MixStats plus(Microphone microphone) {
    Decoding decoding = microphone.decoding();
    return new MixStats(
        waiting + microphone.waiting(),
        concealed + decoding.concealed(),
        recovered + decoding.recovered(),
        garbage + decoding.garbage(),
        jumps + decoding.jumps());
  }
}
