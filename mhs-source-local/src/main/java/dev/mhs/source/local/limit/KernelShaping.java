package dev.mhs.source.local.limit;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.source.local.read.CommandRunner;
import dev.mhs.source.local.read.Outcome;
import dev.mhs.source.local.read.Rights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slows devices down in the kernel: reads what is in force, changes it, and mends what was broken
 * off or was thrown away by others (a firewall that is reloaded, an interface that was made anew).
 * For one thread, but for {@link #passages}. It relies on nothing that it read before: all is read
 * from the kernel each time.
 */
public final class KernelShaping {
  private final Tools tools;
  private final Path interfaces;
  private final Passages passages;

  /**
   * Makes it; nothing is changed yet.
   *
   * @param places the folders in which {@code nft}, {@code tc} and {@code ip} may be
   * @param runner what runs them
   * @param sys where sysfs is
   */
  public KernelShaping(List<Path> places, CommandRunner runner, Path sys) {
    tools = new Tools(places, runner);
    interfaces = sys.resolve("class/net");
    passages = new Passages(tools);
  }

  /**
   * Returns what reads how much the queues let pass.
   *
   * @return the reader, for any thread
   */
  public Passages passages() {
    return passages;
  }

  /** What a look led to. */
  public sealed interface Look {
    /**
     * What is in force.
     *
     * @param limits by device
     */
    record Standings(Map<DeviceKey, Standing> limits) implements Look {}

    /**
     * Nobody can be slowed down here.
     *
     * @param kind what kind of failure it is
     * @param why one clause
     * @param remedy the command that mends it, or null
     */
    record Unavailable(FailureKind kind, String why, @Nullable String remedy) implements Look {}
  }

  /** What a change led to. */
  public sealed interface Change {
    /**
     * It was done and read back.
     *
     * @param standing what is in force now, or null when the device is free
     */
    record Done(@Nullable Standing standing) implements Change {}

    /**
     * It was not done, and all is as before.
     *
     * @param kind what kind of failure it was
     * @param why what was said
     */
    record NotDone(FailureKind kind, String why) implements Change {}

    /**
     * It was not done, and something is left that could not be taken back.
     *
     * @param why what was said
     * @param left what is left
     */
    record Half(String why, String left) implements Change {}
  }

  /**
   * Reads what is in force, and mends it where it is not whole.
   *
   * @param place where to slow down
   * @return what is in force
   * @throws InterruptedException when the deadline has passed or MHS ends
   */
  public Look look(ShapingPlace place) throws InterruptedException {
    return switch (read()) {
      case Seen.Blind blind -> unavailable(blind);
      case Seen.All(Picture now) -> {
        List<LimitEntry> entries = now.entries(now.table().wishes());
        boolean isWhole =
            now.table().fits(place)
                && Steps.prepare(now, place, entries).isEmpty()
                && Steps.tidy(now, place).isEmpty();
        if (isWhole) {
          yield new Look.Standings(Standing.all(now, place, null));
        }
        String refusal = bring(now, place, entries, true);
        yield switch (read()) {
          case Seen.Blind blind -> unavailable(blind);
          case Seen.All(Picture after) -> new Look.Standings(Standing.all(after, place, refusal));
        };
      }
    };
  }

  private static Look unavailable(Seen.Blind blind) {
    return new Look.Unavailable(blind.kind(), blind.why(), blind.remedy());
  }

  /**
   * Sets, changes or removes the limit of a device.
   *
   * @param place where to slow down
   * @param key the device
   * @param shape how fast it may be
   * @return what became of it
   * @throws InterruptedException when the deadline has passed or MHS ends
   */
  public Change apply(ShapingPlace place, DeviceKey key, Shape shape) throws InterruptedException {
    return switch (read()) {
      case Seen.Blind blind -> new Change.NotDone(blind.kind(), blind.why());
      case Seen.All(Picture now) -> {
        Map<DeviceKey, Shape> wishes = new HashMap<>(now.table().wishes());
        wishes.put(key, shape);
        String refusal = bring(now, place, now.entries(wishes), !shape.isFree());
        yield switch (read()) {
          case Seen.Blind blind -> new Change.Half(blind.why(), "what stands there is not known");
          case Seen.All(Picture after) -> judged(after, place, key, shape, refusal);
        };
      }
    };
  }

  private static Change judged(
      Picture after, ShapingPlace place, DeviceKey key, Shape shape, @Nullable String refusal) {
    Shape inForce = after.table().wishes().getOrDefault(key, Shape.FREE);
    if (refusal == null && inForce.equals(shape)) {
      return new Change.Done(Standing.all(after, place, null).get(key));
    }
    String why = refusal == null ? "the kernel holds something else than was written" : refusal;
    List<Step> rubbish = Steps.tidy(after, place);
    return rubbish.isEmpty()
        ? new Change.NotDone(FailureKind.REFUSED, why)
        : new Change.Half(why, "to be undone: " + String.join(" ", rubbish.getFirst().words()));
  }

  /** Brings about some limits and leaves no rubbish; returns why it cannot, or null. */
  private @Nullable String bring(
      Picture now, ShapingPlace place, List<LimitEntry> entries, boolean prepares)
      throws InterruptedException {
    String refusal = prepares ? prepare(now, place, entries) : null;
    if (refusal == null) {
      refusal = write(LimitTableText.script(place, entries));
    }
    return switch (read()) {
      case Seen.Blind blind -> refusal == null ? blind.why() : refusal;
      case Seen.All(Picture after) -> {
        String leftover = run(Steps.tidy(after, place));
        yield refusal == null ? leftover : refusal;
      }
    };
  }

  private @Nullable String prepare(Picture now, ShapingPlace place, List<LimitEntry> entries)
      throws InterruptedException {
    for (LimitEntry entry : entries) {
      for (String each : place.interfaces(entry.direction())) {
        String foreign = now.foreignQueue(each, entry.direction());
        if (foreign != null) {
          return foreign;
        }
      }
    }
    return run(Steps.prepare(now, place, entries));
  }

  private @Nullable String write(String script) throws InterruptedException {
    return switch (tools.run(List.of("nft", script))) {
      case Outcome.Printed nothing -> null;
      case Outcome.Failed(String reason) ->
          "nftables refuses the table (%s); it takes Linux 5.16 or newer with nf_tables and nft_fwd_netdev"
              .formatted(reason);
    };
  }

  private @Nullable String run(List<Step> steps) throws InterruptedException {
    for (Step step : steps) {
      String refusal = run(step);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private @Nullable String run(Step step) throws InterruptedException {
    Outcome outcome = tools.run(step.words());
    if (outcome instanceof Outcome.Failed && !step.otherwise().isEmpty()) {
      outcome = tools.run(step.otherwise());
    }
    return switch (outcome) {
      case Outcome.Printed nothing -> null;
      case Outcome.Failed(String reason) -> refusal(step, reason);
    };
  }

  /** The words of the kernel's for a module that it does not have differ by age and by program. */
  private static String refusal(Step step, String reason) {
    boolean lacks =
        reason.contains("Unknown device type")
            || reason.contains("qdisc kind is unknown")
            || reason.contains("No such file or directory")
            || reason.contains("not supported");
    String told = String.join(" ", step.words()) + ": " + reason;
    return lacks ? "this kernel lacks %s (%s)".formatted(step.piece(), told) : told;
  }

  /** What could be read. */
  private sealed interface Seen {
    record All(Picture picture) implements Seen {}

    record Blind(FailureKind kind, String why, @Nullable String remedy) implements Seen {}
  }

  private Seen read() throws InterruptedException {
    List<String> missing = tools.missing();
    if (!missing.isEmpty()) {
      String packages = String.join(" ", missing);
      return new Seen.Blind(
          FailureKind.NOT_PERMITTED, packages + " is not installed", "apt install " + packages);
    }
    LimitTable table;
    switch (tools.run(List.of("nft", "list", "table", "netdev", LimitTable.NAME))) {
      case Outcome.Printed(String text) -> table = LimitTableText.parse(text);
      case Outcome.Failed(String reason) -> {
        if (!reason.contains("No such file or directory")) {
          return blind("nftables", reason);
        }
        table = LimitTable.NONE;
      }
    }
    return switch (tools.run(List.of("tc", "qdisc", "show"))) {
      case Outcome.Failed(String reason) -> blind("tc", reason);
      case Outcome.Printed(String text) -> withQueues(table, text);
    };
  }

  private Seen withQueues(LimitTable table, String text) throws InterruptedException {
    passages.replace(table.entries());
    Map<String, Queues.Root> roots = Queues.roots(text);
    Map<String, Map<Integer, Queues.Line>> lines = new HashMap<>();
    for (Direction direction : Direction.values()) {
      for (Map.Entry<String, Queues.Root> each : new ArrayList<>(roots.entrySet())) {
        if (each.getValue().isOurs(direction)) {
          String name = each.getKey();
          switch (tools.run(List.of("tc", "-s", "class", "show", "dev", name))) {
            case Outcome.Printed(String told) -> lines.put(name, Queues.lines(direction, told));
            case Outcome.Failed(String reason) -> roots.remove(name); // it vanished meanwhile
          }
        }
      }
    }
    boolean hasWaitingRoom = Files.exists(interfaces.resolve(Direction.WAITING_ROOM));
    return new Seen.All(new Picture(table, roots, lines, hasWaitingRoom));
  }

  private static Seen.Blind blind(String program, String reason) {
    boolean denied = reason.contains("not permitted");
    return new Seen.Blind(
        denied ? FailureKind.NOT_PERMITTED : FailureKind.REFUSED,
        denied ? "this takes the right CAP_NET_ADMIN (" + reason + ")" : program + ": " + reason,
        denied ? Rights.REMEDY : null);
  }
}
