package dev.mhs.source.local.limit;

import dev.mhs.api.BitRate;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what tc(8) prints about queues. Pure. */
final class Queues {
  private static final Pattern CLASS =
      Pattern.compile(
          "class htb ([0-9a-f]+:)([0-9a-f]+) .*? rate (\\d+)([KMGT]?)bit .*\\n"
              + "\\s+Sent (\\d+) bytes \\d+ pkt.*\\n"
              + "\\s+backlog (\\d+)([KMG]?)b ");

  private static final Pattern ROOT =
      Pattern.compile("(?m)^qdisc (\\S+) ([0-9a-f]+:) dev (\\S+) root\\b");

  private Queues() {}

  /**
   * The queue of an interface.
   *
   * @param kind its kind, such as {@code fq_codel}
   * @param handle its number; 0: is the kernel's own choice, which nobody set
   */
  record Root(String kind, String handle) {
    boolean isDefault() {
      return handle.equals("0:");
    }

    boolean isOurs(Direction direction) {
      return kind.equals("htb") && handle.equals(direction.handle());
    }
  }

  /**
   * One class of a queue of ours.
   *
   * @param rate how fast its packets go on, rounded to five digits by tc
   * @param passage what it did; tc rounds what waits to 16 bytes, and to 1 kB from 1 MB on
   */
  record Line(BitRate rate, Passage passage) {
    /** Tells whether it is as fast as was wished, as far as tc tells. */
    boolean isAsFastAs(BitRate wish) {
      return Math.abs(rate.bitsPerSecond() - wish.bitsPerSecond())
          <= Math.max(8, wish.bitsPerSecond() / 1000);
    }
  }

  /**
   * Reads what {@code tc qdisc show} prints. Its JSON is not asked for: of some queues it is none.
   *
   * @return the queue of each interface that has one
   */
  static Map<String, Root> roots(String text) {
    Map<String, Root> roots = new HashMap<>();
    for (Matcher one = ROOT.matcher(text); one.find(); ) {
      roots.put(one.group(3), new Root(one.group(1), one.group(2)));
    }
    return roots;
  }

  /** Reads the classes of a direction from what {@code tc -s class show} prints. */
  static Map<Integer, Line> lines(Direction direction, String text) {
    Map<Integer, Line> lines = new HashMap<>();
    for (Matcher one = CLASS.matcher(text); one.find(); ) {
      if (one.group(1).equals(direction.handle())) {
        BitRate rate = new BitRate(Long.parseLong(one.group(3)) * scale(one.group(4)));
        long waiting = Long.parseLong(one.group(6)) * size(one.group(7));
        Passage passage = new Passage(Long.parseLong(one.group(5)), waiting);
        lines.put(Integer.parseInt(one.group(2), 16), new Line(rate, passage));
      }
    }
    return lines;
  }

  /** Powers of 1000: tc(8), "units". */
  private static long scale(String unit) {
    return switch (unit) {
      case "K" -> 1_000;
      case "M" -> 1_000_000;
      case "G" -> 1_000_000_000;
      case "T" -> 1_000_000_000_000L;
      default -> 1;
    };
  }

  /** Powers of 1024: tc(8), "units". */
  private static long size(String unit) {
    return switch (unit) {
      case "K" -> 1 << 10;
      case "M" -> 1 << 20;
      case "G" -> 1 << 30;
      default -> 1;
    };
  }
}
