package org.kakehashi.server.people;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One who takes part. Two connections with the same {@link #id} are the same person.
 *
 * @param id unique among all events; a token's {@code sub}
 * @param name what others read; empty for a guest
 * @param role what they do
 * @param scope where the role holds
 * @param boothId an interpreter's booth, where the link says which
 * @param languages BCP 47 tags: the languages they work in or speak; may be empty
 * @param guest came without a token, and was given an identity; may listen in public sessions. What
 *     a guest owns may be changed by every guest who knows its unguessable id, because one who
 *     presents no identity is somebody new with each request
 */
public record Person(
    String id,
    String name,
    Role role,
    Scope scope,
    @Nullable String boothId,
    List<String> languages,
    boolean guest) {

  public Person {
    languages = List.copyOf(languages);
  }

  /** A person known by a token, without booth or languages. */
  public static Person of(String id, String name, Role role, Scope scope) {
    return new Person(id, name, role, scope, null, List.of(), false);
  }

  /** An interpreter of one booth. */
  public static Person interpreter(
      String id, String name, Scope scope, String booth, List<String> languages) {
    return new Person(id, name, Role.INTERPRETER, scope, booth, languages, false);
  }

  /** Somebody without a token who listens to a public session. */
  public static Person guest(String session, RandomGenerator random) {
    return new Person(
        "guest-" + Long.toHexString(random.nextLong()),
        "",
        Role.ATTENDEE,
        new Scope.OneSession(session),
        null,
        List.of(),
        true);
  }

  /** An interpreter's booth, where the link says which. */
  public Optional<String> booth() {
    return Optional.ofNullable(boothId);
  }

  /**
   * Whether this person may change or end what {@code owner} opened: their own, a guest's whose
   * address they know, or anybody's as organiser.
   */
  public boolean mayChange(Person owner) {
    return id.equals(owner.id) || role == Role.ORGANISER || (guest && owner.guest);
  }
}
