package dev.mhs.source.local.limit;

import dev.mhs.source.local.read.CommandRunner;
import dev.mhs.source.local.read.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A kernel with queues and one table, as nft, tc and ip show it (the texts are those of nftables
 * 1.0.6 and iproute2 6.1 on Linux 6.18). It can be made to refuse, or to have the program that
 * changes it killed.
 */
public final class PlayedKernel implements CommandRunner {
  /** The folder of the programs. */
  public final Path programs;

  /** Where sysfs is. */
  public final Path sys;

  /** The queue of each interface: its kind and handle. */
  public final Map<String, String> roots = new TreeMap<>();

  /** The rate of each class, by interface and name. */
  public final Map<String, String> classes = new TreeMap<>();

  /** What waits in each class, by interface and name. */
  public final Map<String, String> leaves = new TreeMap<>();

  /** What was changed. */
  public final List<String> writes = new ArrayList<>();

  /** Words on which it refuses, and what it then says. */
  public final Map<String, String> refusals = new TreeMap<>();

  public @Nullable String table;

  /** Before which change whoever makes it is killed; none when negative. */
  public int killedAt = -1;

  /** Which change is refused, once; none when negative. */
  public int refusedAt = -1;

  public PlayedKernel(Path folder) {
    programs = folder.resolve("programs");
    sys = folder.resolve("sys");
    try {
      Files.createDirectories(programs);
      Files.createDirectories(sys.resolve("class/net"));
      for (String each : List.of("nft", "tc", "ip")) {
        Files.createFile(programs.resolve(each)).toFile().setExecutable(true);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public KernelShaping shaping() {
    return new KernelShaping(List.of(programs), this, sys);
  }

  /** Returns all that it holds. */
  public String state() {
    return roots + "\n" + classes + "\n" + leaves + "\n" + table + "\n" + hasWaitingRoom();
  }

  @Override
  public Outcome run(List<String> command) throws InterruptedException {
    String program = Path.of(command.getFirst()).getFileName().toString();
    List<String> words = command.subList(1, command.size());
    String line = program + " " + String.join(" ", words);
    for (Map.Entry<String, String> each : refusals.entrySet()) {
      if (line.contains(each.getKey())) {
        return new Outcome.Failed(each.getValue());
      }
    }
    if (line.equals("nft list table netdev mhs_limits")) {
      return table == null
          ? new Outcome.Failed("Error: No such file or directory")
          : new Outcome.Printed(table);
    }
    if (line.equals("tc qdisc show")) {
      return new Outcome.Printed(queues());
    }
    if (line.startsWith("tc -s class show dev ")) {
      return new Outcome.Printed(classesOf(words.getLast()));
    }
    if (writes.size() == killedAt) {
      throw new InterruptedException("killed before: " + line);
    }
    if (writes.size() == refusedAt) {
      refusedAt = -1;
      return new Outcome.Failed("Error: Cannot allocate memory");
    }
    writes.add(line);
    return switch (program) {
      case "nft" -> script(words.getFirst());
      case "tc" -> words.getFirst().equals("qdisc") ? queue(words) : shape(words);
      default -> link(words);
    };
  }

  private Outcome script(String text) {
    int from = text.indexOf("table netdev mhs_limits {");
    table = from < 0 ? null : text.substring(from);
    return new Outcome.Printed("");
  }

  private Outcome queue(List<String> words) {
    String name = words.get(3);
    if (words.get(4).equals("parent")) {
      leaves.put(name + " " + words.get(5), String.join(" ", words.subList(6, words.size())));
    } else if (words.get(1).equals("del")) {
      roots.put(name, "noqueue 0:");
      classes.keySet().removeIf(each -> each.startsWith(name + " "));
      leaves.keySet().removeIf(each -> each.startsWith(name + " "));
    } else if (!roots.getOrDefault(name, "").endsWith(" 0:")) {
      return new Outcome.Failed("Error: Exclusivity flag on, cannot modify.");
    } else {
      roots.put(name, "htb " + words.get(6));
    }
    return new Outcome.Printed("");
  }

  private Outcome shape(List<String> words) {
    if (words.get(1).equals("del")) {
      classes.remove(words.get(3) + " " + words.get(5));
      leaves.remove(words.get(3) + " " + words.get(5));
    } else {
      classes.put(words.get(3) + " " + words.get(7), words.get(10));
    }
    return new Outcome.Printed("");
  }

  private Outcome link(List<String> words) {
    try {
      switch (words.get(1)) {
        case "add" -> {
          Files.createDirectories(sys.resolve("class/net").resolve(words.get(2)));
          roots.put(words.get(2), "noqueue 0:");
        }
        case "del" -> {
          Files.delete(sys.resolve("class/net").resolve(words.get(2)));
          roots.remove(words.get(2));
          classes.keySet().removeIf(each -> each.startsWith(words.get(2) + " "));
          leaves.keySet().removeIf(each -> each.startsWith(words.get(2) + " "));
        }
        default -> {} // switching it on is not played
      }
      return new Outcome.Printed("");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private boolean hasWaitingRoom() {
    return Files.exists(sys.resolve("class/net/mhs-up"));
  }

  private String queues() {
    StringBuilder all = new StringBuilder();
    roots.forEach(
        (name, text) -> all.append("qdisc %s dev %s root refcnt 2 \n".formatted(text, name)));
    leaves.forEach(
        (place, text) ->
            all.append(
                "qdisc %s 8001: dev %s parent %s limit 1\n"
                    .formatted(
                        text.split(" ", 2)[0], place.split(" ", 2)[0], place.split(" ", 2)[1])));
    return all.toString();
  }

  private String classesOf(String name) {
    StringBuilder text = new StringBuilder();
    classes.forEach(
        (place, rate) -> {
          if (place.startsWith(name + " ")) {
            text.append(
                """
                class htb %s root leaf 8001: prio 0 rate %s ceil %s burst 1600b cburst 1600b\s
                 Sent 1000 bytes 10 pkt (dropped 0, overlimits 0 requeues 0)\s
                 backlog 3028b 2p requeues 0

                """
                    .formatted(place.substring(name.length() + 1), rate, rate));
          }
        });
    return text.toString();
  }
}
