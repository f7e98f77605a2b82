package dev.mhs.source.local;

import dev.mhs.api.IpLiteral;
import dev.mhs.api.Poll;
import dev.mhs.source.local.limit.PlayedKernel;
import dev.mhs.source.local.limit.WishFile;
import dev.mhs.source.local.name.Interviewer;
import dev.mhs.source.local.parse.IpNeighborParser;
import dev.mhs.source.local.read.CommandRunner;
import dev.mhs.source.local.read.InterfaceCatalog;
import dev.mhs.source.local.read.NeighborTable;
import dev.mhs.source.local.read.Outcome;
import dev.mhs.source.local.read.OwnAddress;
import dev.mhs.source.local.read.SysfsCounters;
import dev.mhs.source.local.sweep.Probe;
import dev.mhs.source.local.sweep.ProbeSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A whole machine made by hand: a NAS with one socket at 192.168.7.2/24, its router at .1. */
final class LocalWorld implements ProbeSocket {
  static final String NAS = "02:00:00:00:00:aa";
  static final String ROUTER = "02:00:00:00:00:01";
  static final String TV = "02:00:00:00:00:07";

  final FakeTime time = new FakeTime();
  final FixtureTree tree;
  final List<Probe> sent = new CopyOnWriteArrayList<>();
  final FakeLinks links = new FakeLinks();
  final FakeCounting kernel = new FakeCounting();
  final PlayedKernel played;
  final Set<InetAddress> namesAsked = ConcurrentHashMap.newKeySet();
  volatile List<OwnAddress> own = List.of(new OwnAddress("eth0", IpLiteral.of("192.168.7.2"), 24));
  final Set<InetAddress> interviewed = ConcurrentHashMap.newKeySet();
  final CommandRunner nmap = command -> new Outcome.Failed("nmap is not installed");
  volatile String neighbors = "";
  volatile NeighborTable.Origin origin = NeighborTable.Origin.IP_WITH_AGES;

  LocalWorld(Path folder) {
    played = new PlayedKernel(folder.resolve("kernel"));
    tree =
        new FixtureTree(folder)
            .link("lo", 772, "00:00:00:00:00:00", 0x9)
            .ethernet("eth0", NAS, FixtureTree.UP)
            .file(
                "proc/net/route",
                "Iface\neth0\t00000000\t0107A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n");
  }

  Machine machine() {
    return new Machine(
        tree.files(),
        new InterfaceCatalog(tree.files()),
        () -> own,
        () -> new NeighborTable.Reading(IpNeighborParser.parse(neighbors, true), origin),
        new SysfsCounters(tree.files()));
  }

  LocalSource source(LocalSettings settings) {
    Outside outside = new Outside(this, time::pass, this::name, links, this::interview, nmap);
    return new LocalSource(
        settings,
        machine(),
        outside,
        new Kernel(kernel, played.shaping(), new WishFile(() -> tree.path("."))),
        time);
  }

  private Interviewer.Answers interview(
      String interfaceName, InetAddress from, Set<InetAddress> whom) {
    interviewed.addAll(whom);
    Interviewer.Answers told = new Interviewer.Answers();
    whom.forEach(each -> told.netbios().put(each, "NB-" + each.getHostAddress()));
    return told;
  }

  private String name(InetAddress address) {
    namesAsked.add(address);
    return "host-" + address.getHostAddress().replace('.', '-') + ".home.arpa";
  }

  @Override
  public void send(Probe probe) {
    sent.add(probe);
  }

  @Override
  public void close() {}

  static <T> T ok(Poll<T> poll) {
    return switch (poll) {
      case Poll.Ok<T>(T value) -> value;
      case Poll.Unsupported<T> never -> throw new AssertionError(never);
      case Poll.Failed<T> failed -> throw new AssertionError(failed);
    };
  }
}
