package org.kakehashi.media.webrtc.ice;

/**
 * An authenticated connectivity check (RFC 8445 §7.1).
 *
 * @param priority of the candidate the other side would learn from it; 0 if it did not say
 * @param nominates whether it carries USE-CANDIDATE
 * @param controlled whether the sender believes to be in the controlled role, which is ours
 */
public record Check(long priority, boolean nominates, boolean controlled) {}
