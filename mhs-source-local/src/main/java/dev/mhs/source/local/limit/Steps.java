package dev.mhs.source.local.limit;

import dev.mhs.api.BitRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Works out what is to be done to the kernel's queues. Pure.
 *
 * <p>A change has three parts. Queues and classes are <em>prepared</em> to which nothing is sent
 * yet; then the table changes, in one transaction; then what nothing is sent to any more is
 * <em>tidied</em> up. So whatever is broken off half-way leaves either the old limits or the new
 * ones, and some rubbish, which the next look tidies up.
 */
final class Steps {
  private static final String HTB = "sch_htb";
  private static final long ETHERNET_FRAME = 1514;

  /** What may go out at once; less would wake the processor for each packet of a fast line. */
  private static final Duration BURST = Duration.ofMillis(1);

  /** How long packets may wait in a plain queue; fq_codel finds that out by itself. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

  /** The largest packet that the kernel joins from several (GSO); some must fit in. */
  private static final long JOINED_PACKETS = 2L << 16;

  private Steps() {}

  /** What must be there before the table may refer to it. */
  static List<Step> prepare(Picture now, ShapingPlace place, List<LimitEntry> entries) {
    List<Step> steps = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      List<LimitEntry> those =
          entries.stream().filter(each -> each.direction() == direction).toList();
      if (!those.isEmpty()) {
        for (String each : new TreeSet<>(place.interfaces(direction))) {
          root(steps, now, direction, each);
          those.forEach(entry -> line(steps, now, each, entry));
        }
      }
    }
    return steps;
  }

  private static void root(List<Step> steps, Picture now, Direction direction, String name) {
    if (now.isOurs(name, direction)) {
      return;
    }
    if (direction == Direction.UP) {
      if (!now.hasWaitingRoom()) {
        steps.add(Step.of("ifb", "ip", "link", "add", name, "type", "ifb"));
      }
      steps.add(Step.of("ifb", "ip", "link", "set", name, "up"));
    }
    steps.add(
        Step.of(
            HTB, "tc", "qdisc", "add", "dev", name, "root", "handle", direction.handle(), "htb"));
  }

  private static void line(List<Step> steps, Picture now, String name, LimitEntry entry) {
    Queues.Line line = now.linesOf(name).get(entry.minor());
    if (line != null && line.isAsFastAs(entry.rate())) {
      return;
    }
    String classId = entry.direction().classId(entry.minor());
    String rate = entry.rate().bitsPerSecond() + "bit";
    String burst = Math.max(1600, entry.rate().bytesIn(BURST)) + "b";
    List<String> words = new ArrayList<>(List.of("tc", "class", "replace", "dev", name, "parent"));
    words.addAll(List.of(entry.direction().handle(), "classid", classId, "htb"));
    words.addAll(List.of("rate", rate, "ceil", rate, "burst", burst, "cburst", burst));
    words.addAll(List.of("quantum", Long.toString(10 * ETHERNET_FRAME)));
    steps.add(new Step(words, List.of(), HTB));
    steps.add(leaf(name, classId, entry.rate()));
  }

  /** The wait within a class: fair among connections, or else at least short. */
  private static Step leaf(String name, String classId, BitRate rate) {
    List<String> fair =
        new ArrayList<>(List.of("tc", "qdisc", "replace", "dev", name, "parent", classId));
    List<String> plain = new ArrayList<>(fair);
    // RFC 8289 §4.4: the target should not be less than the time of one packet.
    long packetMicros = ETHERNET_FRAME * 3 / 2 * 1_000_000 / Math.max(1, rate.bytesIn(SECOND));
    long target = Math.max(5_000, packetMicros);
    fair.addAll(List.of("fq_codel", "target", target + "us", "interval", 20 * target + "us"));
    long bytes = Math.max(JOINED_PACKETS, rate.bytesIn(LONGEST_WAIT));
    plain.addAll(List.of("bfifo", "limit", Long.toString(bytes)));
    return new Step(fair, plain, "sch_fq_codel");
  }

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What nothing is sent to. */
  static List<Step> tidy(Picture now, ShapingPlace place) {
    List<Step> steps = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      Set<Integer> used = now.table().minors(direction);
      for (String name : now.ours(direction)) {
        if (used.isEmpty() || !place.interfaces(direction).contains(name)) {
          steps.add(Step.of(HTB, "tc", "qdisc", "del", "dev", name, "root"));
          continue;
        }
        for (int minor : new TreeSet<>(now.linesOf(name).keySet())) {
          if (!used.contains(minor)) {
            String classId = direction.classId(minor);
            steps.add(Step.of(HTB, "tc", "class", "del", "dev", name, "classid", classId));
          }
        }
      }
    }
    if (now.hasWaitingRoom() && now.table().minors(Direction.UP).isEmpty()) {
      steps.add(Step.of("ifb", "ip", "link", "del", Direction.WAITING_ROOM));
    }
    return steps;
  }
}
