package dev.mhs.source.local;

import dev.mhs.api.Finding;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.LimitController;
import dev.mhs.core.spi.PortSource;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.local.LocalSettings.Look;
import dev.mhs.source.local.link.ArpScout;
import dev.mhs.source.local.name.AskedNames;
import dev.mhs.source.local.name.LeaseNames;
import dev.mhs.source.local.name.NameThreads;
import dev.mhs.source.local.name.NetworkNames;
import dev.mhs.source.local.name.ReverseNames;
import dev.mhs.source.local.nmap.NmapScout;
import dev.mhs.source.local.sweep.Sweeper;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What this machine sees of its network. It asks no box, so it costs nobody anything. */
final class LocalSource implements Source {
  private final FindingBoard board = new FindingBoard();
  private final NameThreads nameThreads = new NameThreads();

  /** An interview of devices takes seconds, for which other names do not wait. */
  private final NameThreads askThreads = new NameThreads();

  private final Sweeper sweeper;
  private final ArpScout arp;
  private final NmapScout nmap;
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
    NetworkNames names = names(settings, machine, outside, time);
    arp =
        new ArpScout(
            outside.links(), settings.asksBy(Look.ARP), time, outside.pause(), names::heard);
    nmap = new NmapScout(Machine.COMMANDS, outside.nmap(), machine.files()::mayLendFrames, time);
    KnownDevices known = new KnownDevices();
    devices =
        new LocalDevices(
            settings, machine, new Lookout(nmap, arp, sweeper, names, known), board, time);
    PlaceReader places = new PlaceReader(settings, machine);
    counting = new DeviceCounting(settings, places, kernel, known, time);
    bandwidth = new LocalBandwidth(machine, counting, board, time);
    ports = new LocalPorts(machine, board, time);
    limits = new LocalLimits(machine, places, kernel, board);
  }

  private NetworkNames names(
      LocalSettings settings, Machine machine, Outside outside, TimeSource time) {
    Supplier<List<String>> domains = () -> machine.files().localDomains();
    return new NetworkNames(
        settings.scan() == LocalSettings.Scan.ACTIVE,
        new ReverseNames(outside.resolver(), time, nameThreads, domains),
        new LeaseNames(settings.leases(), time),
        new AskedNames(outside.interviewer(), time, askThreads),
        domains);
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
    arp.close();
    nmap.close();
    askThreads.close();
    nameThreads.close();
    counting.close();
  }
}
