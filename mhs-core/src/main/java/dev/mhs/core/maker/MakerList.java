package dev.mhs.core.maker;

import dev.mhs.api.MacAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Looks into the list of makers. It is read from its beginning to its end for a handful of
 * addresses at once and never kept: a megabyte of text, for a few dozen names.
 */
public final class MakerList {
  private static final String LIST = "makers.txt";
  private static final int LONGEST_PREFIX = 9;
  private static final int[] PREFIXES = {LONGEST_PREFIX, 7, 6}; // digits; MA-S, MA-M, MA-L

  private MakerList() {}

  /**
   * Looks up makers.
   *
   * @param macs the addresses
   * @return the maker of each that has a registered prefix; the longest prefix counts
   */
  public static Map<MacAddress, String> lookUp(Collection<MacAddress> macs) {
    Map<String, String> wanted = new HashMap<>();
    for (MacAddress mac : macs) {
      for (int digits : PREFIXES) {
        wanted.put(prefix(mac, digits), "");
      }
    }
    try (InputStream list = MakerList.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IllegalStateException(LIST + " is part of the program, but is not there");
      }
      read(new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII)), wanted);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    Map<MacAddress, String> found = new HashMap<>();
    for (MacAddress mac : macs) {
      for (int digits : PREFIXES) {
        String maker = wanted.getOrDefault(prefix(mac, digits), "");
        if (!maker.isEmpty()) {
          found.putIfAbsent(mac, maker);
        }
      }
    }
    return found;
  }

  private static void read(BufferedReader lines, Map<String, String> wanted) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int tab = line.indexOf('\t');
      if (line.startsWith("#") || tab < 0) {
        continue;
      }
      for (int at = tab + 1; at < line.length(); ) {
        int end = line.indexOf(' ', at);
        end = end < 0 ? line.length() : end;
        String prefix = line.substring(at, end);
        if (wanted.containsKey(prefix)) {
          wanted.put(prefix, line.substring(0, tab));
        }
        at = end + 1;
      }
    }
  }

  private static String prefix(MacAddress mac, int digits) {
    String all = String.format(Locale.ROOT, "%012X", mac.value());
    return all.substring(0, digits);
  }
}
