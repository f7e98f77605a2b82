package dev.mhs.source.local.parse;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the household's own domains from {@code /etc/resolv.conf} (resolv.conf(5)). */
public final class ResolverConfig {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private ResolverConfig() {}

  /**
   * Returns the names behind {@code search} and {@code domain}.
   *
   * @param text the file
   * @return the domains without dots around them, in the order of the file, each once
   */
  public static List<String> domains(String text) {
    return text.lines()
        .map(line -> BLANKS.split(line.strip(), -1))
        .filter(words -> words[0].equals("search") || words[0].equals("domain"))
        .flatMap(words -> Arrays.stream(words).skip(1))
        .map(domain -> domain.replaceAll("^\\.+|\\.+$", ""))
        .filter(domain -> !domain.isEmpty())
        .distinct()
        .toList();
  }
}
