package dev.mhs.source.routeros;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.Moment;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.traffic.ConnectionLedger;
import dev.mhs.source.routeros.traffic.CrossCheck;
import dev.mhs.source.routeros.traffic.FastTrackCalibration;
import dev.mhs.source.routeros.traffic.FastTrackCalibration.Verdict;
import dev.mhs.source.routeros.traffic.Traffic;
import dev.mhs.source.routeros.traffic.VerdictFile;
import java.net.Inet6Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The byte counters of every connection, of IPv4 and of IPv6 where the household has it: the best
 * there is, for it sees all that the router itself moves, fast path included, and needs no setting.
 */
final class ConnectionStrategy implements RateStrategy {
  /** More than this over the line, and no connection at all: then nobody tracks connections. */
  private static final long SURELY_TRAFFIC = 100_000;

  private final Router router;
  private final VerdictFile verdicts;
  private final ConnectionTable four;
  private final ConnectionTable six;
  private final ConnectionLedger ledger = new ConnectionLedger();
  private final CrossCheck check = new CrossCheck();
  private FastTrackCalibration calibration = new FastTrackCalibration(Verdict.UNKNOWN);
  private @Nullable String calibrated;
  private long epoch;
  private @Nullable Moment before;
  private @Nullable Moment last;
  private boolean isEmpty;
  private volatile Verdict shownVerdict = Verdict.UNKNOWN;

  ConnectionStrategy(Router router, Path storage) {
    this.router = router;
    this.verdicts = new VerdictFile(storage);
    this.four =
        new ConnectionTable(router, Menu.CONNECTION, "rates by device are not measured closely");
    this.six =
        new ConnectionTable(router, Menu.CONNECTION6, "IPv6 traffic by device is not measured");
  }

  @Override
  public String name() {
    return "conntrack";
  }

  @Override
  public Look look(Sight sight) throws InterruptedException {
    sight.gathering().ifThere(Menu.ROUTERBOARD, Router.NAME_AGE); // tells which router it is
    beginAnewAfterARestart();
    before = last;
    last = null;
    List<ConnectionLedger.Table> tables = new ArrayList<>();
    Moment begin = router.time().moment();
    Look obstacle = read(four, Patience.MOST, tables);
    if (obstacle == null && hasIpv6(sight.lan())) {
      Duration left = Patience.MOST.minus(router.time().moment().since(begin));
      obstacle = read(six, left, tables);
      // Without counters or rights IPv6 is left out; without an answer there is none at all.
      obstacle = obstacle instanceof Look.Useless ? null : obstacle;
    }
    return obstacle != null ? obstacle : entered(tables, sight.lan());
  }

  /** An empty table beside a line in use is no zero: it tells that connections are not tracked. */
  @Override
  public boolean stands(long lineBytes) {
    Moment begin = before;
    Moment end = last;
    if (begin == null || end == null) {
      return true;
    }
    if (isEmpty && lineBytes > SURELY_TRAFFIC) {
      four.giveUp(
          "the line is in use, but the connection table is empty: connection tracking is off",
          "/ip/firewall/connection/tracking/set enabled=yes");
      forgetTables();
      return false;
    }
    check
        .add(begin, end, ledger.plainBytes(), ledger.fastBytes(), lineBytes)
        .ifPresent(calibration::compare);
    keepVerdict();
    return true;
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(four.findings());
    findings.addAll(six.findings());
    if (shownVerdict != Verdict.UNKNOWN) {
      String words = shownVerdict == Verdict.INCLUSIVE ? "include" : "leave out";
      findings.add(
          new Finding(
              Finding.Level.GOOD,
              "found out: this router's connection counters " + words + " FastTrack's bytes",
              null));
    }
    return findings;
  }

  private @Nullable Look read(
      ConnectionTable table, Duration atMost, List<ConnectionLedger.Table> into)
      throws InterruptedException {
    return switch (table.read(atMost)) {
      case ConnectionTable.Rows.Read(var name, var connections) -> {
        into.add(new ConnectionLedger.Table(name, connections));
        yield null;
      }
      case ConnectionTable.Rows.Skipped() ->
          // What was moved meanwhile is counted the next time.
          new Look.Measured(router.time().moment(), method(), Map.of(), null, true);
      case ConnectionTable.Rows.GivenUp() -> {
        if (table == four) {
          forgetTables();
        }
        yield new Look.Useless();
      }
      case ConnectionTable.Rows.Failed(FailureKind kind, String detail) ->
          new Look.Failed(kind, detail);
    };
  }

  private Look entered(List<ConnectionLedger.Table> tables, Lan lan) {
    Moment at = router.time().moment();
    isEmpty = tables.stream().allMatch(table -> table.connections().isEmpty());
    Traffic traffic = ledger.enter(tables, at, lan, router.book(), calibration);
    last = at;
    keepVerdict();
    return traffic == null
        ? new Look.Measured(at, method(), Map.of(), null, true)
        : new Look.Measured(at, method(), traffic.devices(), traffic.own(), true);
  }

  private String method() {
    return calibration.isOpen() ? name() + " (calibrating)" : name();
  }

  private void beginAnewAfterARestart() {
    if (epoch != router.epoch()) {
      epoch = router.epoch();
      four.beginAnew();
      six.beginAnew();
      forgetTables();
    }
    String now = router.hardware() + " " + router.version();
    if (!now.equals(calibrated)) {
      calibrated = now;
      calibration = new FastTrackCalibration(verdicts.read(now));
      shownVerdict = calibration.verdict();
    }
  }

  private void forgetTables() {
    ledger.reset();
    check.reset();
    last = null;
  }

  private void keepVerdict() {
    if (calibration.verdict() != shownVerdict && calibrated != null) {
      shownVerdict = calibration.verdict();
      verdicts.write(calibrated, shownVerdict);
    }
  }

  private static boolean hasIpv6(Lan lan) {
    return lan.prefixes().stream().anyMatch(prefix -> prefix.base() instanceof Inet6Address);
  }
}
