package org.kakehashi.server.programme;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A booth: interpreters who work together.
 *
 * @param id unique in the session
 * @param understands the languages they interpret from, in order of preference
 * @param a the language they speak
 * @param b the other language they also speak (retour); null if they work one way
 * @param members ids of the people expected in it (a token's {@code sub}); may be empty
 */
public record BoothPlan(
    String id, List<String> understands, String a, @Nullable String b, List<String> members) {
  public BoothPlan {
    understands = List.copyOf(understands);
    members = List.copyOf(members);
  }

  /** The other language they speak, if they work both ways. */
  public Optional<String> retour() {
    return Optional.ofNullable(b);
  }

  /** Whether this booth speaks {@code language}. */
  public boolean worksInto(String language) {
    return a.equals(language) || language.equals(b);
  }
}
