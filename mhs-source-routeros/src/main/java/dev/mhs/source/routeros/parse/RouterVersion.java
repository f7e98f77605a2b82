package dev.mhs.source.routeros.parse;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of RouterOS. Only its leading numbers are compared.
 *
 * @param major such as 7
 * @param minor such as 16
 * @param patch such as 2; 0 when it is not written
 */
public record RouterVersion(int major, int minor, int patch) implements Comparable<RouterVersion> {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?.*");

  /**
   * Reads a version.
   *
   * @param text such as {@code 7.14.3 (stable)} or {@code 7.21beta2 (testing)}
   * @return the version, or empty when the text is none
   */
  public static Optional<RouterVersion> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String patch = form.group(3);
    return Optional.of(
        new RouterVersion(
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)),
            patch == null ? 0 : Integer.parseInt(patch)));
  }

  @Override
  public int compareTo(RouterVersion other) {
    if (major != other.major) {
      return Integer.compare(major, other.major);
    }
    return minor != other.minor
        ? Integer.compare(minor, other.minor)
        : Integer.compare(patch, other.patch);
  }

  /** Returns the numbers, such as {@code 7.14.3}. */
  @Override
  public String toString() {
    return major + "." + minor + (patch == 0 ? "" : "." + patch);
  }
}
