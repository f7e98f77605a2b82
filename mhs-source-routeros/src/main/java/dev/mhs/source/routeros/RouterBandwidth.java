package dev.mhs.source.routeros;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.Cadence;
import dev.mhs.source.routeros.client.Gathering;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.client.MenuReply;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.map.LineMeter;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.traffic.KidControl;
import dev.mhs.source.routeros.traffic.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells who moved how many bytes, by the best means that the router has: its connection table, else
 * kid control where it is in use, else the line alone.
 */
final class RouterBandwidth implements BandwidthSource {
  private static final Duration WATCHED = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration DEADLINE = Duration.ofSeconds(12);

  /** More than this over the line, and no connection at all: then nobody tracks connections. */
  private static final long SURELY_TRAFFIC = 100_000;

  private final Router router;
  private final ConnectionTable table;
  private final LineMeter meter = new LineMeter();
  private Usage.@Nullable Totals lineBefore;
  private volatile Duration lastPoll = Duration.ZERO;
  private volatile List<Finding> findings = List.of();

  RouterBandwidth(Router router, Path storage) {
    this.router = router;
    this.table = new ConnectionTable(router, storage);
  }

  @Override
  public Poll<BandwidthReading> bandwidth() throws InterruptedException {
    Moment begin = router.time().moment();
    Gathering gathering = router.gather();
    Lan lan = router.lan(gathering);
    MenuReply.Failed failure = gathering.failure();
    Poll<BandwidthReading> poll =
        failure == null ? read(gathering, lan) : failed(failure.kind(), failure.detail());
    lastPoll = router.time().moment().since(begin);
    return router.ended(gathering, poll);
  }

  /**
   * Four times as long as the last answer took, so that the router is never mostly busy with us.
   */
  @Override
  public Cadence cadence() {
    Duration least = lastPoll.multipliedBy(4);
    return new Cadence(longer(WATCHED, least), longer(IDLE, least), DEADLINE);
  }

  /** Returns what a person may want to know. Any thread. */
  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(table.findings());
    all.addAll(findings);
    return all;
  }

  private Poll<BandwidthReading> read(Gathering gathering, Lan lan) throws InterruptedException {
    ConnectionTable.Look look = table.look(lan);
    if (look instanceof ConnectionTable.Look.Failed(FailureKind kind, String detail)) {
      router.menus().forget(Menu.RESOURCE);
      return failed(kind, detail);
    }
    Reading interfaces = gathering.need(Menu.INTERFACE, Duration.ZERO);
    MenuReply.Failed failure = gathering.failure();
    if (failure != null) {
      return failed(failure.kind(), failure.detail());
    }
    Usage line = meter.read(interfaces.rows(), lan.line(), router.epoch());
    if (look instanceof ConnectionTable.Look.Read read && !isBlind(read, line)) {
      return new Poll.Ok<>(byConnections(read, line));
    }
    return withoutConnections(gathering, interfaces.at(), line);
  }

  private BandwidthReading byConnections(ConnectionTable.Look.Read read, @Nullable Usage line) {
    findings = lineFindings(line);
    Traffic traffic = read.traffic();
    return traffic == null
        ? new BandwidthReading(read.at(), read.method(), Map.of(), line, null)
        : new BandwidthReading(read.at(), read.method(), traffic.devices(), line, traffic.own());
  }

  private Poll<BandwidthReading> withoutConnections(
      Gathering gathering, Moment at, @Nullable Usage line) throws InterruptedException {
    Reading kids = gathering.ifThere(Menu.KID_CONTROL, Duration.ZERO);
    Map<DeviceKey, Usage> devices = KidControl.usage(kids.rows(), router.epoch());
    List<Finding> found = new ArrayList<>(lineFindings(line));
    if (devices.isEmpty()) {
      found.add(
          new Finding(
              Finding.Level.LACKING,
              "only the line as a whole is measured, not each device",
              null));
    }
    findings = List.copyOf(found);
    String method = devices.isEmpty() ? "interface" : "kid-control";
    Moment when = devices.isEmpty() ? at : kids.at();
    return gathering.answer(() -> new BandwidthReading(when, method, devices, line, null));
  }

  /** Connection tracking is off while a router has no firewall rule: the table is then empty. */
  private boolean isBlind(ConnectionTable.Look.Read read, @Nullable Usage line) {
    Usage.Totals before = lineBefore;
    Usage.Totals now = line instanceof Usage.Totals totals ? totals : null;
    lineBefore = now;
    boolean hasMoved =
        before != null
            && now != null
            && now.epoch() == before.epoch()
            && now.downloadBytes() - before.downloadBytes() > SURELY_TRAFFIC;
    if (read.rows() > 0 || !hasMoved) {
      return false;
    }
    table.giveUp(
        "the line is in use, but the connection table is empty: connection tracking is off",
        "/ip/firewall/connection/tracking/set enabled=yes");
    return true;
  }

  private static List<Finding> lineFindings(@Nullable Usage line) {
    return line != null
        ? List.of()
        : List.of(
            new Finding(
                Finding.Level.LACKING,
                "which interface is the household's line could not be found out",
                "/interface/list/member/add list=WAN interface=<the line's interface>"));
  }

  private static Poll<BandwidthReading> failed(FailureKind kind, String detail) {
    return new Poll.Failed<>(kind, detail);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
