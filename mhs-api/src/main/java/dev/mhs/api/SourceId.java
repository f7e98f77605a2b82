package dev.mhs.api;

import java.util.regex.Pattern;

/**
 * The name of an opened source, unique in one MHS, such as {@code mikrotik} or {@code local}.
 *
 * @param name lower-case letters, digits, dots and dashes, 1 to 64 of them, a letter or digit first
 * @since 0.1
 */
public record SourceId(String name) implements Comparable<SourceId> {
  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

  /** Checks the spelling. */
  public SourceId {
    if (!ALLOWED.matcher(name).matches()) {
      throw new IllegalArgumentException("not a source id: " + name);
    }
  }

  @Override
  public int compareTo(SourceId other) {
    return name.compareTo(other.name);
  }

  /** Returns the name itself. */
  @Override
  public String toString() {
    return name;
  }
}
