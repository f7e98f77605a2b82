package dev.mhs.source.routeros;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.Moment;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.RateStrategy.Look;
import dev.mhs.source.routeros.RateStrategy.Sight;
import dev.mhs.source.routeros.client.MenuReply;
import dev.mhs.source.routeros.traffic.Turns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides by which way each device is measured: the ways are asked from the strongest to the
 * weakest until one measures everybody, and what a stronger way measured, a weaker one does not
 * touch. For one thread; the findings for any.
 */
final class RateStrategies {
  /** What a box is measured by when no way is left: its line alone. */
  private static final String NOTHING = "interface";

  private final Router router;
  private final List<RateStrategy> fromTheStrongest;
  private final Turns turns = new Turns();
  private volatile List<Finding> findings = List.of();

  /** What asking all ways led to. */
  sealed interface Outcome {}

  /**
   * Something was measured, or nothing but that the box is well.
   *
   * @param at when
   * @param method by which ways
   * @param devices the usage of each device that was measured
   * @param own the router's own traffic, or null when it is not told apart
   * @param ways who measured it
   */
  record Measured(
      Moment at,
      String method,
      Map<DeviceKey, Usage> devices,
      @Nullable Usage own,
      List<RateStrategy> ways)
      implements Outcome {
    Measured {
      devices = Map.copyOf(devices);
      ways = List.copyOf(ways);
    }

    /** Tells whether all of them stand beside what the line moved meanwhile, in bytes both ways. */
    boolean stands(long lineBytes) {
      boolean stands = true;
      for (RateStrategy way : ways) {
        stands &= way.stands(lineBytes);
      }
      return stands;
    }
  }

  /** The box did not answer. */
  record Failed(FailureKind kind, String detail) implements Outcome {}

  RateStrategies(Router router, List<RateStrategy> fromTheStrongest) {
    this.router = router;
    this.fromTheStrongest = List.copyOf(fromTheStrongest);
  }

  /**
   * Returns the ways of a RouterOS box. Flows that the router sends (NetFlow 9, IPFIX) would stand
   * behind kid control: they come a minute late, but by device.
   */
  static RateStrategies of(Router router, Path storage) {
    return new RateStrategies(
        router,
        List.of(
            new ConnectionStrategy(router, storage),
            new KidControlStrategy(router),
            new WirelessStrategy(router),
            new QueueStrategy(router),
            new AccountingStrategy(router)));
  }

  Outcome measure(Sight sight) throws InterruptedException {
    List<Look.Measured> looks = new ArrayList<>();
    List<RateStrategy> ways = new ArrayList<>();
    for (RateStrategy strategy : fromTheStrongest) {
      Look look = strategy.look(sight);
      MenuReply.Failed failed = sight.gathering().failure();
      if (failed != null) {
        return new Failed(failed.kind(), failed.detail());
      }
      switch (look) {
        case Look.Measured measured -> {
          looks.add(measured);
          ways.add(strategy);
          if (measured.whole()) {
            return together(looks, ways);
          }
        }
        case Look.Useless() -> {}
        case Look.Failed(FailureKind kind, String detail) -> {
          return new Failed(kind, detail);
        }
      }
    }
    return together(looks, ways);
  }

  /** Returns what a person may want to know. Any thread. */
  List<Finding> findings() {
    return Stream.concat(
            fromTheStrongest.stream().flatMap(strategy -> strategy.findings().stream()),
            findings.stream())
        .toList();
  }

  private Measured together(List<Look.Measured> looks, List<RateStrategy> ways) {
    Map<DeviceKey, Usage> devices = new HashMap<>();
    Usage own = null;
    for (Look.Measured look : looks) {
      look.devices()
          .forEach(
              (key, usage) -> {
                if (!devices.containsKey(key)) {
                  devices.put(key, turns.stamped(key, look.method(), usage));
                }
              });
      own = own == null ? look.own() : own;
    }
    findings = coverage(looks, devices.size());
    return looks.isEmpty()
        ? new Measured(router.time().moment(), NOTHING, Map.of(), null, List.of())
        : new Measured(
            looks.getFirst().at(),
            String.join(" + ", looks.stream().map(Look.Measured::method).toList()),
            devices,
            own,
            ways);
  }

  /** Says who is not measured, where that is not told by the way itself. */
  private List<Finding> coverage(List<Look.Measured> looks, int measured) {
    if (looks.isEmpty()) {
      return lacking("only the line as a whole is measured, not each device");
    }
    if (looks.getLast().whole()) {
      return List.of();
    }
    int known = router.book().devices().size();
    return lacking(
        "not every device's use of the line is measured: "
            + measured
            + " of "
            + Math.max(known, measured)
            + " devices are, by "
            + String.join(" and ", looks.stream().map(Look.Measured::method).toList())
            + (looks.stream().anyMatch(look -> look.method().equals(WirelessStrategy.NAME))
                ? ", which at an access point includes traffic within the house"
                : ""));
  }

  private static List<Finding> lacking(String what) {
    return List.of(new Finding(Finding.Level.LACKING, what, null));
  }
}
