package dev.mhs.source.local.count;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the kernel tracks it. Packets are counted as IP sees them.
 *
 * @param key tells it from all others, while it lasts
 * @param opener the address of who opened it
 * @param answerer the address of who answers, behind any translation
 * @param sent what the opener sent
 * @param received what came back
 */
record Connection(String key, String opener, String answerer, Packets sent, Packets received) {
  /** IEEE 802.3: two addresses and the type. */
  private static final long LINK_HEADER = 14;

  /** Packets of one direction. */
  record Packets(long count, long bytes) {
    /** Returns the bytes of their frames. */
    long frameBytes() {
      return bytes + LINK_HEADER * count;
    }
  }

  /**
   * Reads a line of {@code /proc/net/nf_conntrack} or of {@code conntrack -L} (net/netfilter/
   * nf_conntrack_standalone.c, ct_seq_show): words, of which those with "=" come twice, first as
   * opened, then as answered.
   *
   * @return the connection; empty when the line has no counters or makes no sense
   */
  static Optional<Connection> parse(String line) {
    int first = line.indexOf("src=");
    int firstPackets = line.indexOf("packets=", first + 1);
    int second = line.indexOf("src=", firstPackets + 1);
    if (first < 0 || firstPackets < 0 || second < 0) {
      return Optional.empty();
    }
    Packets sent = packets(line, firstPackets);
    Packets received = packets(line, second);
    String opener = word(line, "src=", first);
    String answerer = word(line, "src=", second);
    if (sent == null || received == null || opener == null || answerer == null) {
      return Optional.empty();
    }
    String protocol = line.substring(0, Math.min(line.length(), 12)).strip();
    String key = protocol + line.substring(first, firstPackets) + zone(line);
    return Optional.of(new Connection(key, opener, answerer, sent, received));
  }

  /** Connections of different zones may look the same. */
  private static String zone(String line) {
    String zone = word(line, "zone=", 0);
    return zone == null ? "" : zone;
  }

  private static @Nullable Packets packets(String line, int from) {
    Long count = number(word(line, "packets=", from));
    Long bytes = number(word(line, "bytes=", from));
    return count == null || bytes == null ? null : new Packets(count, bytes);
  }

  private static @Nullable Long number(@Nullable String text) {
    return text != null && !text.isEmpty() && text.length() <= 18 && isDigits(text)
        ? Long.valueOf(text)
        : null;
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(each -> each >= '0' && each <= '9');
  }

  private static @Nullable String word(String line, String name, int from) {
    int at = line.indexOf(name, from);
    if (at < 0) {
      return null;
    }
    int end = line.indexOf(' ', at);
    return line.substring(at + name.length(), end < 0 ? line.length() : end);
  }
}
