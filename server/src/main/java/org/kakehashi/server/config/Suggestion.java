package org.kakehashi.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeSet;

/** What somebody meant who wrote an unknown word. */
final class Suggestion {
  private static final int MAX_LENGTH = 64;

  private Suggestion() {}

  /** A sentence that names the word of {@code known} nearest to {@code unknown}, or all of them. */
  static String among(Collection<String> known, String unknown) {
    if (known.isEmpty() || unknown.length() > MAX_LENGTH) {
      return "Remove it.";
    }
    String nearest =
        known.stream().min(Comparator.comparingInt(word -> distance(word, unknown))).orElseThrow();
    return distance(nearest, unknown) <= Math.max(2, unknown.length() / 3)
        ? "Did you mean \"" + nearest + "\"?"
        : "Known here: " + String.join(", ", new TreeSet<>(known)) + ".";
  }

  /** How many letters to change, add or remove to get from one to the other (Levenshtein). */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
