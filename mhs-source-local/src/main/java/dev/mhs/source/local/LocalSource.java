package dev.mhs.source.local;

import dev.mhs.api.Finding;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.LimitController;
import dev.mhs.core.spi.PortSource;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.local.name.NameThreads;
import dev.mhs.source.local.name.ReverseNames;
import dev.mhs.source.local.sweep.Sweeper;
import java.util.List;
import java.util.Optional;

/** What this machine sees of its network. It asks no box, so it costs nobody anything. */
final class LocalSource implements Source {
  private final FindingBoard board = new FindingBoard();
  private final NameThreads nameThreads = new NameThreads();
  private final Sweeper sweeper;
  private final LocalDevices devices;
  private final DeviceCounting counting;
  private final LocalBandwidth bandwidth;
  private final LocalPorts ports;
  private final LocalLimits limits;

  LocalSource(
      LocalSettings settings, Machine machine, Outside outside, Kernel kernel, TimeSource time) {
    sweeper =
        new Sweeper(
            outside.socket(),
            time,
            outside.pause(),
            Thread.ofPlatform().daemon().name("mhs-local-sweep").factory());
    ReverseNames names =
        new ReverseNames(
            outside.resolver(), time, nameThreads, () -> machine.files().localDomains());
    KnownDevices known = new KnownDevices();
    devices = new LocalDevices(settings, machine, new Lookout(sweeper, names, known), board, time);
    PlaceReader places = new PlaceReader(settings, machine);
    counting = new DeviceCounting(settings, places, kernel.counting(), known, time);
    bandwidth = new LocalBandwidth(machine, counting, board, time);
    ports = new LocalPorts(machine, board, time);
    limits = new LocalLimits(machine, places, kernel, board);
  }

  @Override
  public Optional<DeviceSource> devices() {
    return Optional.of(devices);
  }

  @Override
  public Optional<BandwidthSource> bandwidth() {
    return Optional.of(bandwidth);
  }

  @Override
  public Optional<PortSource> ports() {
    return Optional.of(ports);
  }

  @Override
  public Optional<LimitController> limits() {
    return Optional.of(limits);
  }

  @Override
  public List<Finding> findings() {
    return board.all();
  }

  @Override
  public void close() {
    sweeper.close();
    nameThreads.close();
    counting.close();
  }
}
