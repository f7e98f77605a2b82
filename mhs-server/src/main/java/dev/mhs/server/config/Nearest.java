package dev.mhs.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
final class Nearest {
  private static final int LONGEST = 80;

  private Nearest() {}

  /** The known word that is so near to what was written that it was probably meant. */
  static Optional<String> to(String written, Collection<String> known) {
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(word -> distance(written, word) <= Math.max(2, word.length() / 5))
        .min(Comparator.comparingInt(word -> distance(written, word)));
  }

  /** The end of a sentence: it suggests what was probably meant, or is a full stop. */
  static String ending(String written, Collection<String> known) {
    return to(written, known).map(word -> "; did you mean " + word + "?").orElse(".");
  }

  /** Optimal string alignment: inserted, left out, replaced and swapped letters. */
  static int distance(String a, String b) {
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : cell(table, a, b, i, j);
      }
    }
    return table[a.length()][b.length()];
  }

  private static int cell(int[][] table, String a, String b, int i, int j) {
    int replaced = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
  }
}
