package org.kakehashi.media.rtp;

import java.time.Instant;

/**
 * A 64-bit NTP timestamp, RFC 3550 §4: seconds since 1900 and a fraction of 2^-32 s.
 *
 * @param bits the 64 bits as on the wire
 */
public record NtpTime(long bits) {
  private static final long UNIX_EPOCH = 2_208_988_800L;

  /** The NTP time of {@code instant}; era 0 and, from 2036 on, era 1. */
  public static NtpTime of(Instant instant) {
    long seconds = instant.getEpochSecond() + UNIX_EPOCH;
    long fraction = ((long) instant.getNano() << 32) / 1_000_000_000L;
    return new NtpTime(seconds << 32 | fraction);
  }

  /** The wall-clock time; seconds with the top bit clear are taken as of 2036 to 2104. */
  public Instant toInstant() {
    long seconds = bits >>> 32;
    long era = seconds < 0x8000_0000L ? 1L << 32 : 0;
    return Instant.ofEpochSecond(
        seconds + era - UNIX_EPOCH, ((bits & 0xFFFF_FFFFL) * 1_000_000_000L) >>> 32);
  }

  /** The middle 32 bits, in 2^-16 s: what LSR holds (RFC 3550 §6.4.1). */
  public int middle() {
    return (int) (bits >>> 16);
  }

  /** From {@code earlier} to this, in units of 1/{@code rate} s, right across a change of era. */
  public long since(NtpTime earlier, int rate) {
    long difference = bits - earlier.bits;
    return (difference >> 32) * rate + (((difference & 0xFFFF_FFFFL) * rate) >>> 32);
  }
}
