package dev.mhs.source.local;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Poll;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what devices exchange with the internet, counted in the kernel; where that cannot be, what
 * the interface of the default route moved and nothing about single devices but this machine.
 *
 * <p>A router's line is the interface of its default route. Any other machine does not see the
 * household's line: there it is the sum of what was counted, without traffic within the household.
 */
final class LocalBandwidth implements BandwidthSource {
  private static final String BY_INTERFACE = "interface";

  private final Machine machine;
  private final DeviceCounting counting;
  private final FindingBoard board;
  private final TimeSource time;
  private final PortReader reader;

  LocalBandwidth(Machine machine, DeviceCounting counting, FindingBoard board, TimeSource time) {
    this.machine = machine;
    this.counting = counting;
    this.board = board;
    this.time = time;
    reader = new PortReader(machine);
  }

  @Override
  public Poll<BandwidthReading> bandwidth() throws InterruptedException {
    boolean forwards = machine.files().forwards();
    DeviceCounting.Result result = counting.read();
    Optional<PortReading> line = line();
    board.replace(FindingBoard.Topic.BANDWIDTH, LocalFindings.bandwidth(result, forwards));
    return new Poll.Ok<>(
        switch (result) {
          case DeviceCounting.Result.Counted counted -> byCounting(counted, line, forwards);
          case DeviceCounting.Result.NotCounted no -> byInterface(line, forwards);
        });
  }

  private static BandwidthReading byCounting(
      DeviceCounting.Result.Counted counted, Optional<PortReading> line, boolean forwards) {
    @Nullable Usage household =
        forwards ? line.map(LocalBandwidth::household).orElse(null) : counted.total();
    return new BandwidthReading(
        counted.at(), counted.how().method(), counted.devices(), household, null);
  }

  private BandwidthReading byInterface(Optional<PortReading> line, boolean forwards) {
    Usage wan = line.map(LocalBandwidth::household).orElse(null);
    Map<DeviceKey, Usage> own =
        line.filter(each -> !forwards).map(LocalBandwidth::ownTraffic).orElse(Map.of());
    return new BandwidthReading(time.moment(), BY_INTERFACE, own, wan, null);
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
