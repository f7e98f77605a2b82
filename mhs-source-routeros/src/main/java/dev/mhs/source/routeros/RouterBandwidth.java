package dev.mhs.source.routeros;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.Cadence;
import dev.mhs.source.routeros.RateStrategies.Failed;
import dev.mhs.source.routeros.RateStrategies.Measured;
import dev.mhs.source.routeros.RateStrategy.Sight;
import dev.mhs.source.routeros.client.Gathering;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.client.MenuReply;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.map.LineMeter;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.traffic.LineCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells who moved how many bytes, and what the line moved at the same time. */
final class RouterBandwidth implements BandwidthSource {
  private static final Duration WATCHED = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** The longest wait for the connection tables, and some for the rest. */
  private static final Duration DEADLINE = Patience.MOST.plusSeconds(4);

  private final Router router;
  private final RateStrategies strategies;
  private final LineMeter meter = new LineMeter();
  private final LineCheck check = new LineCheck();
  private Usage.@Nullable Totals lineBefore;
  private volatile Duration lastPoll = Duration.ZERO;
  private volatile List<Finding> findings = List.of();

  RouterBandwidth(Router router, Path storage) {
    this.router = router;
    this.strategies = RateStrategies.of(router, storage);
  }

  @Override
  public Poll<BandwidthReading> bandwidth() throws InterruptedException {
    Moment begin = router.time().moment();
    Gathering gathering = router.gather();
    Lan lan = router.lan(gathering);
    MenuReply.Failed failure = gathering.failure();
    Poll<BandwidthReading> poll =
        failure == null
            ? read(new Sight(gathering, lan))
            : failed(failure.kind(), failure.detail());
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
    List<Finding> all = new ArrayList<>(strategies.findings());
    all.addAll(findings);
    all.addAll(check.findings());
    return all;
  }

  private Poll<BandwidthReading> read(Sight sight) throws InterruptedException {
    return switch (strategies.measure(sight)) {
      case Failed(FailureKind kind, String detail) -> {
        router.menus().forget(Menu.RESOURCE);
        yield failed(kind, detail);
      }
      case Measured measured -> besideTheLine(sight, measured);
    };
  }

  /** Reads the line right after the tables, so that it and the devices are of one instant. */
  private Poll<BandwidthReading> besideTheLine(Sight sight, Measured measured)
      throws InterruptedException {
    Reading interfaces = router.interfaces(sight.gathering(), Duration.ZERO);
    MenuReply.Failed failure = sight.gathering().failure();
    if (failure != null) {
      lineBefore = null; // the devices' look is over: the line's next one would be of more time
      return failed(failure.kind(), failure.detail());
    }
    Usage.Totals line = meter.read(interfaces.rows(), sight.lan().line(), router.epoch());
    Long moved = moved(lineBefore, line);
    lineBefore = line;
    findings = lineFindings(line);
    if (moved != null && !measured.stands(moved)) {
      return switch (strategies.measure(sight)) {
        case Failed(FailureKind kind, String detail) -> failed(kind, detail);
        case Measured instead -> told(instead, interfaces.at(), line, null);
      };
    }
    return told(measured, interfaces.at(), line, moved);
  }

  private Poll<BandwidthReading> told(
      Measured measured, Moment lineAt, Usage.@Nullable Totals line, @Nullable Long moved) {
    check.compare(measured.at(), measured.devices(), measured.own(), moved);
    Moment at = measured.ways().isEmpty() ? lineAt : measured.at();
    return new Poll.Ok<>(
        new BandwidthReading(at, measured.method(), measured.devices(), line, measured.own()));
  }

  /** Returns what the line moved since the last reading, both ways; null when that is not known. */
  private static @Nullable Long moved(Usage.@Nullable Totals before, Usage.@Nullable Totals now) {
    if (before == null || now == null || before.epoch() != now.epoch()) {
      return null;
    }
    return now.downloadBytes() - before.downloadBytes() + now.uploadBytes() - before.uploadBytes();
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
