package dev.mhs.core.text;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Cleans texts that strangers or people wrote. Pure. */
public final class PlainText {
  private PlainText() {}

  /**
   * Returns a text without control and invisible characters, on one line and not too long.
   *
   * @param text the text, or null
   * @param longest how many characters it may have; what is beyond is cut off
   * @return what is left, or null when nothing is
   */
  public static @Nullable String clean(@Nullable String text, int longest) {
    if (text == null || isPlain(text, longest)) {
      return text;
    }
    String clean = visible(text.codePoints(), longest);
    return clean.isEmpty() ? null : clean;
  }

  /** Most texts are: they need no copy. */
  private static boolean isPlain(String text, int longest) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char one = text.charAt(i);
      if (one < ' ' || one > '~') {
        return false;
      }
    }
    return length > 0 && length <= longest && text.charAt(0) > ' ' && text.charAt(length - 1) > ' ';
  }

  /**
   * Returns words for people on one line: ends of lines become blanks.
   *
   * @param text the words
   * @param longest how many characters they may have; what is beyond is cut off
   * @return what is left, perhaps nothing
   */
  public static String sentence(String text, int longest) {
    return visible(text.codePoints().map(one -> isLineEnd(one) ? ' ' : one), longest);
  }

  private static String visible(IntStream text, int longest) {
    StringBuilder kept = new StringBuilder();
    text.filter(PlainText::isVisible).limit(longest).forEach(kept::appendCodePoint);
    return kept.toString().strip();
  }

  private static boolean isLineEnd(int codePoint) {
    return codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
  }

  /** Not a control, nor one that turns the direction of text around it, nor half a character. */
  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
