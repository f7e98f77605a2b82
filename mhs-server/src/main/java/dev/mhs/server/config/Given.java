package dev.mhs.server.config;

/**
 * What somebody wrote for a setting.
 *
 * @param text the text, stripped; empty when it was given as empty
 * @param origin where it was read, for people, such as {@code mhs.yaml, line 3}
 */
record Given(String text, String origin) {
  private static final int SHOWN = 60;

  /** Tells whether nothing stands there. */
  boolean isBlank() {
    return text.isBlank();
  }

  /** The text in quotes on one line, for a sentence: cut off, without control characters. */
  String quoted() {
    return quoted(text);
  }

  static String quoted(String text) {
    String plain = text.replaceAll("\\p{Cntrl}|\\p{Cs}|[\\u2028\\u2029]", "?");
    return '"' + (plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…") + '"';
  }
}
