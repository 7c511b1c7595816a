package org.kakehashi.server.bench.alignment;

/**
 * A quiet hum with clicks. Thread: any.
 *
 * @param clicks whether it has clicks, with the beat
 */
record Hum(SenderClock clock, boolean clicks) {
  /** The samples from number {@code first} on, by the sender's clock. */
  void fill(float[] sound, long first) {
    for (int i = 0; i < sound.length; i++) {
      sound[i] = sample(first + i);
    }
  }

  private float sample(long number) {
    double seconds = (double) number / clock.rate();
    double hum = 0.002 * Math.sin(2 * Math.PI * 200 * seconds);
    boolean click = clicks && Beat.isClick(clock.nanos(number));
    return (float) (click ? hum + 0.7 * Math.sin(2 * Math.PI * 2_000 * seconds) : hum);
  }
}
