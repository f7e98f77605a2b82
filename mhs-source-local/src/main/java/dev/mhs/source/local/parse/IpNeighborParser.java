package dev.mhs.source.local.parse;

import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code ip -s neigh show} prints, one entry in a line:
 *
 * <pre>10.77.0.2 dev v0 lladdr 8a:73:47:65:5d:bf  ref 1 used 4/4/4probes 4 REACHABLE</pre>
 *
 * <p>The plain text is read and not the JSON of {@code -j}, because busybox prints the same text
 * and knows no JSON, and because words need no parser of their own.
 */
public final class IpNeighborParser {
  // iproute2 6.1 prints no blank between the ages and "probes".
  private static final Pattern AGES =
      Pattern.compile("\\bused (\\d{1,9})/(\\d{1,9})/(\\d{1,9})(?=\\D|$)");
  private static final Pattern MAC = Pattern.compile("\\blladdr (\\S+)");
  private static final Pattern START = Pattern.compile("(\\S+) dev (\\S+)(?=\\s|$)");

  private IpNeighborParser() {}

  /**
   * Returns the entries that a text lists.
   *
   * @param text what {@code ip} printed
   * @param withAges whether the ages are to be believed; busybox prints zeros
   * @return the entries, in the order of the text
   */
  public static List<Neighbor> parse(String text, boolean withAges) {
    return text.lines().map(line -> entry(line, withAges)).flatMap(Optional::stream).toList();
  }

  private static Optional<Neighbor> entry(String line, boolean withAges) {
    Matcher start = START.matcher(line);
    if (!start.lookingAt()) {
      return Optional.empty();
    }
    Optional<InetAddress> address = IpLiteral.parse(start.group(1));
    Optional<NeighborState> state = NeighborState.ofWord(lastWord(line));
    if (address.isEmpty() || state.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Neighbor(
            address.get(), start.group(2), mac(line), state.get(), withAges ? ages(line) : null));
  }

  private static String lastWord(String line) {
    String trimmed = line.strip();
    return trimmed.substring(trimmed.lastIndexOf(' ') + 1);
  }

  private static @Nullable MacAddress mac(String line) {
    Matcher found = MAC.matcher(line);
    return found.find() ? MacAddress.parse(found.group(1)).orElse(null) : null;
  }

  private static Neighbor.@Nullable Ages ages(String line) {
    Matcher found = AGES.matcher(line);
    return found.find()
        ? new Neighbor.Ages(seconds(found.group(2)), seconds(found.group(3)))
        : null;
  }

  private static Duration seconds(String digits) {
    return Duration.ofSeconds(Long.parseLong(digits));
  }
}
