package org.kakehashi.media.webrtc.ice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.sdp.IceCredentials;

/**
 * One peer's side of ICE-lite: which of the paths it is seen on is in use. A path counts only after
 * an authenticated check came over it; the one the peer nominates is used (RFC 8445 §8.1,
 * §7.3.1.5).
 *
 * <p>Clients that nominate every path at once use the one of the highest priority, so a nomination
 * of lower priority waits until the better path has not been nominated for a second.
 *
 * <p>Confined to the peer's loop, but for {@link #credentials} and {@link #restart}.
 *
 * @param <P> a path; equal if it leads to the same place
 */
public final class IceAgent<P> {
  private static final int MAX_PATHS = 8;
  private static final long NOMINATION_HOLDS = TimeUnit.SECONDS.toNanos(1);

  private final List<Known<P>> paths = new ArrayList<>();
  private volatile IceCredentials current;
  private volatile @Nullable IceCredentials previous;
  private @Nullable Known<P> selected;

  /**
   * @param credentials ours, as the answer has them
   */
  public IceAgent(IceCredentials credentials) {
    current = credentials;
  }

  /** What came of a request. */
  public sealed interface Outcome<P> {
    /** It is authentic; answer with success. */
    record Accepted<P>(IceCredentials by, @Nullable P displaced) implements Outcome<P> {}

    /** It is authentic, but both sides believe to be controlled; answer with 487. */
    record RoleConflict<P>(IceCredentials by) implements Outcome<P> {}

    /** It has attributes that are not understood; answer with 420. */
    record NotUnderstood<P>(IceCredentials by) implements Outcome<P> {}

    /** Its credentials are not ours; answer with 401. */
    record NotAuthentic<P>() implements Outcome<P> {}

    /** It does not hold together; answer with 400. */
    record Malformed<P>() implements Outcome<P> {}
  }

  /** The credentials that the last answer gave out. Any thread. */
  public IceCredentials credentials() {
    return current;
  }

  /**
   * Takes new credentials (RFC 8445 §9). The ones before stay good until the next restart, and
   * media on its path until a check nominates one with the new credentials. Any thread.
   *
   * @return credentials that are not good any more, if any
   */
  public synchronized Optional<IceCredentials> restart(IceCredentials next) {
    Optional<IceCredentials> dropped = Optional.ofNullable(previous);
    previous = current;
    current = next;
    return dropped;
  }

  /** Takes a request that came over {@code path}. */
  public Outcome<P> take(StunRequest request, P path, long nowNanos) {
    IceCredentials signer = signer(request);
    if (signer == null) {
      return new Outcome.NotAuthentic<>();
    }
    if (request.unknownAttributes().length > 0) {
      return new Outcome.NotUnderstood<>(signer);
    }
    Optional<Check> read = request.check();
    if (read.isEmpty()) {
      return new Outcome.Malformed<>();
    }
    Check check = read.get();
    if (check.controlled()) {
      return new Outcome.RoleConflict<>(signer);
    }
    P displaced = note(path, check, signer, nowNanos);
    return new Outcome.Accepted<>(signer, displaced);
  }

  private @Nullable IceCredentials signer(StunRequest request) {
    IceCredentials now = current;
    IceCredentials before = previous;
    String fragment = request.localFragment();
    if (fragment.equals(now.ufrag()) && request.signedWith(now.password())) {
      return now;
    }
    boolean old =
        before != null && fragment.equals(before.ufrag()) && request.signedWith(before.password());
    return old ? before : null;
  }

  private @Nullable P note(P path, Check check, IceCredentials signer, long nowNanos) {
    Known<P> known = null;
    for (Known<P> each : paths) {
      if (each.path.equals(path)) {
        known = each;
      }
    }
    P displaced = null;
    if (known == null) {
      displaced = paths.size() >= MAX_PATHS ? forgetOldest() : null;
      known = new Known<>(path);
      paths.add(known);
    }
    known.checkedAt = nowNanos;
    known.priority = check.priority();
    if (check.nominates()) {
      known.nominatedAt = nowNanos;
      known.nominated = true;
    }
    if (prefers(known, check, signer, nowNanos)) {
      selected = known;
    }
    return displaced;
  }

  private boolean prefers(Known<P> known, Check check, IceCredentials signer, long nowNanos) {
    Known<P> used = selected;
    if (used == null) {
      return true;
    }
    boolean ofOldSession = !signer.equals(current);
    if (!check.nominates() || ofOldSession) {
      return false;
    }
    boolean usedIsBetter = used.nominated && used.priority > known.priority;
    return !usedIsBetter || nowNanos - used.nominatedAt >= NOMINATION_HOLDS;
  }

  private @Nullable P forgetOldest() {
    Known<P> oldest = null;
    for (Known<P> each : paths) {
      if (each != selected && (oldest == null || each.checkedAt - oldest.checkedAt < 0)) {
        oldest = each;
      }
    }
    if (oldest == null) {
      return null;
    }
    paths.remove(oldest);
    return oldest.path;
  }

  /** Where to send to; none before the first authentic check. */
  public Optional<P> selected() {
    Known<P> used = selected;
    return used == null ? Optional.empty() : used.optional;
  }

  /** Forgets a path that exists no more; another one that was checked takes its place. */
  public void forget(P path) {
    paths.removeIf(known -> known.path.equals(path));
    Known<P> used = selected;
    if (used != null && used.path.equals(path)) {
      selected = null;
      for (Known<P> each : paths) {
        Known<P> best = selected;
        if (best == null || each.checkedAt - best.checkedAt > 0) {
          selected = each;
        }
      }
    }
  }

  /** Every path an authentic check came over and that was not forgotten. */
  public List<P> paths() {
    return paths.stream().map(known -> known.path).toList();
  }

  /** Every username fragment that is good now. Any thread. */
  public List<String> fragments() {
    IceCredentials before = previous;
    return before == null ? List.of(current.ufrag()) : List.of(current.ufrag(), before.ufrag());
  }

  private static final class Known<P> {
    final P path;
    final Optional<P> optional; // Asked for with every packet that is sent.
    long checkedAt;
    long nominatedAt;
    long priority;
    boolean nominated;

    Known(P path) {
      this.path = path;
      this.optional = Optional.of(path);
    }
  }
}
