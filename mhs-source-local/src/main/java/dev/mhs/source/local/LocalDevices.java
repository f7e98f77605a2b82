package dev.mhs.source.local;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.local.LocalSettings.Look;
import dev.mhs.source.local.LocalSettings.Scan;
import dev.mhs.source.local.link.Holder;
import dev.mhs.source.local.name.HostNames;
import dev.mhs.source.local.nmap.NmapScout;
import dev.mhs.source.local.parse.DefaultRoute;
import dev.mhs.source.local.read.LocalInterface;
import dev.mhs.source.local.read.NeighborTable;
import dev.mhs.source.local.read.OwnAddress;
import dev.mhs.source.local.sweep.SweepPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells who is on the network, from the kernel's neighbor cache. It never waits for a sweep or a
 * name: those run beside it, and the next question is answered with what they brought.
 */
final class LocalDevices implements DeviceSource {
  private static final Cadence CADENCE =
      new Cadence(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(5));

  /** After a sweep that somebody waits for: those who are there answer within milliseconds. */
  private static final Cadence SOON =
      new Cadence(Duration.ofMillis(250), Duration.ofMillis(250), Duration.ofSeconds(5));

  private final LocalSettings settings;
  private final Machine machine;
  private final Lookout lookout;
  private final FindingBoard board;
  private final TimeSource time;
  private final NeighborMemory memory = new NeighborMemory();
  private final ProbeRounds rounds;

  LocalDevices(
      LocalSettings settings,
      Machine machine,
      Lookout lookout,
      FindingBoard board,
      TimeSource time) {
    this.settings = settings;
    this.machine = machine;
    this.lookout = lookout;
    this.board = board;
    this.time = time;
    rounds = new ProbeRounds(lookout, settings);
    board.replace(FindingBoard.Topic.NEIGHBORS, LocalFindings.scan(settings.scan()));
  }

  @Override
  public Poll<List<Sighting>> devices() throws InterruptedException {
    if (settings.scan() == Scan.OFF) {
      return new Poll.Unsupported<>("local.scan is off");
    }
    Map<String, LocalInterface> interfaces = machine.catalog().read();
    Set<String> watched = InterfaceChoice.watched(interfaces, settings.interfaces());
    List<OwnAddress> own;
    try {
      own = machine.addresses().read();
    } catch (IOException refused) {
      return new Poll.Failed<>(
          FailureKind.REFUSED, "the kernel does not tell its addresses: " + refused.getMessage());
    }
    NeighborTable.Reading table = machine.neighbors().read();
    Moment now = time.moment();
    List<OwnAddress> onWatched =
        own.stream().filter(each -> watched.contains(each.interfaceName())).toList();
    SweepPlan plan = rounds.plan(onWatched);
    listen(interfaces, onWatched, plan);
    List<Holder> holders = lookout.arp().holders(now.at());
    List<Observation> seen = new ArrayList<>(ArpEvidence.of(holders, now.at()));
    observe(table, watched, now).stream()
        .filter(each -> isBelieved(each, holders))
        .forEach(seen::add);
    List<NmapScout.Found> reports = lookout.nmap().found();
    seen.addAll(NmapEvidence.of(reports, now.at()));
    List<Finding> probed = probe(plan, own, holders, now);
    board.replace(
        FindingBoard.Topic.NEIGHBORS, LocalFindings.neighbors(settings, table.origin(), watched));
    board.replace(
        FindingBoard.Topic.LINKS,
        LinkFindings.of(settings, lookout.arp().heardOn(), lookout.arp().failures()));
    board.replace(FindingBoard.Topic.NMAP, NmapFindings.of(settings, lookout.nmap()));
    board.replace(FindingBoard.Topic.NAMES, NameFindings.of(lookout.names()));
    board.replace(FindingBoard.Topic.SWEEP, probed);
    List<Sighting> sightings = join(interfaces, onWatched, seen, now);
    lookout.known().replace(sightings);
    lookout.names().refresh(Interviewees.of(sightings, plan.networks(), now.at()));
    return new Poll.Ok<>(sightings);
  }

  private List<Observation> observe(NeighborTable.Reading table, Set<String> watched, Moment now) {
    var entries =
        table.entries().stream().filter(each -> watched.contains(each.interfaceName())).toList();
    return memory.observe(entries, now.at(), lookout.sweeper()::askedAt);
  }

  /** The kernel remembers whoever claims to be there, and ARP of our own knows better. */
  private boolean isBelieved(Observation one, List<Holder> holders) {
    return one.means() != Means.NEIGHBOR
        || !lookout.arp().canAsk(one.interfaceName())
        || ArpEvidence.bearsOut(one, holders);
  }

  private void listen(
      Map<String, LocalInterface> interfaces, List<OwnAddress> own, SweepPlan plan) {
    boolean begins =
        settings.means().contains(Look.ARP)
            && lookout
                .arp()
                .watch(
                    InterfaceChoice.segments(
                        interfaces, settings.interfaces(), own, plan.networks()));
    if (begins) {
      rounds.want();
    }
  }

  private List<Finding> probe(
      SweepPlan plan, List<OwnAddress> own, List<Holder> holders, Moment now) {
    return settings.scan() == Scan.ACTIVE
        ? rounds.next(plan, own, new ProbeRounds.Seen(memory, holders), now)
        : List.of();
  }

  private List<Sighting> join(
      Map<String, LocalInterface> interfaces,
      List<OwnAddress> own,
      List<Observation> seen,
      Moment now) {
    Map<String, MacAddress> macs = new HashMap<>();
    interfaces.forEach(
        (name, each) -> {
          if (each.mac() != null) {
            macs.put(name, each.mac());
          }
        });
    String hostName =
        machine
            .files()
            .hostName()
            .map(told -> HostNames.shown(told, machine.files().localDomains()))
            .orElse(null);
    var picture = new DeviceJoin.Picture(seen, own, macs, hostName, gateways(), now.at());
    return DeviceJoin.join(picture, descriptions());
  }

  private Descriptions descriptions() {
    Map<MacAddress, String> makers = NmapEvidence.makers(lookout.nmap().found());
    return new Descriptions() {
      @Override
      public @Nullable String name(@Nullable MacAddress mac, InetAddress address) {
        return lookout.names().nameOf(mac, address);
      }

      @Override
      public @Nullable String vendor(MacAddress mac) {
        return makers.get(mac);
      }
    };
  }

  private Set<InetAddress> gateways() {
    Set<InetAddress> found = new LinkedHashSet<>();
    Stream.concat(
            machine.files().ipv4DefaultRoutes().stream(),
            machine.files().ipv6DefaultRoutes().stream())
        .map(DefaultRoute::gateway)
        .filter(Objects::nonNull)
        .forEach(found::add);
    return found;
  }

  @Override
  public void rescan() {
    rounds.want();
  }

  @Override
  public Cadence cadence() {
    return rounds.isFresh(time.nanos()) ? SOON : CADENCE;
  }
}
