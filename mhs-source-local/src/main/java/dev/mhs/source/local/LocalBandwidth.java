package dev.mhs.source.local;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what the interface of the default route moved, which from here is the household's line, and
 * this machine's own traffic where the two are the same.
 */
final class LocalBandwidth implements BandwidthSource {
  private static final String METHOD = "interface";

  private final Machine machine;
  private final FindingBoard board;
  private final TimeSource time;
  private final PortReader reader;

  LocalBandwidth(Machine machine, FindingBoard board, TimeSource time) {
    this.machine = machine;
    this.board = board;
    this.time = time;
    reader = new PortReader(machine);
  }

  @Override
  public Poll<BandwidthReading> bandwidth() {
    boolean forwards = machine.files().forwards();
    board.replace(FindingBoard.Topic.BANDWIDTH, LocalFindings.bandwidth(forwards));
    Optional<PortReading> line = line();
    Moment at = time.moment();
    Usage wan = line.map(LocalBandwidth::household).orElse(null);
    Map<DeviceKey, Usage> own =
        line.filter(each -> !forwards).map(LocalBandwidth::ownTraffic).orElse(Map.of());
    return new Poll.Ok<>(new BandwidthReading(at, METHOD, own, wan, null));
  }

  private Optional<PortReading> line() {
    return Optional.ofNullable(machine.files().wanInterface())
        .flatMap(machine.catalog()::one)
        .flatMap(one -> reader.read(List.of(one)).stream().findFirst());
  }

  /** The one crossing of viewpoints: what this interface receives is downloaded. */
  private static Usage household(PortReading line) {
    return new Usage.Totals(
        line.counters().rxBytes(), line.counters().txBytes(), CounterWidth.BITS_64, line.epoch());
  }

  private static Map<DeviceKey, Usage> ownTraffic(PortReading line) {
    return line.port().mac() == null || InterfaceChoice.carriesOthers(line.port())
        ? Map.of()
        : Map.of(new DeviceKey.ByMac(line.port().mac()), household(line));
  }
}
