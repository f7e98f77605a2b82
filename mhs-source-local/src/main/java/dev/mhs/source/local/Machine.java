package dev.mhs.source.local;

import dev.mhs.source.local.count.ConntrackCounting;
import dev.mhs.source.local.count.CountingLadder;
import dev.mhs.source.local.count.KernelCounting;
import dev.mhs.source.local.count.NftCounting;
import dev.mhs.source.local.count.Way;
import dev.mhs.source.local.count.capture.PcapCounting;
import dev.mhs.source.local.limit.KernelShaping;
import dev.mhs.source.local.limit.WishFile;
import dev.mhs.source.local.read.CounterReader;
import dev.mhs.source.local.read.InterfaceCatalog;
import dev.mhs.source.local.read.KernelNeighborTable;
import dev.mhs.source.local.read.NeighborTable;
import dev.mhs.source.local.read.OshiCounters;
import dev.mhs.source.local.read.OwnAddresses;
import dev.mhs.source.local.read.ProcessRunner;
import dev.mhs.source.local.read.SysfsCounters;
import dev.mhs.source.local.read.SystemFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Everything that is read of this machine.
 *
 * @param files the files of the kernel
 * @param catalog the interfaces
 * @param addresses their addresses
 * @param neighbors the neighbor cache
 * @param counters their counters
 */
record Machine(
    SystemFiles files,
    InterfaceCatalog catalog,
    OwnAddresses addresses,
    NeighborTable neighbors,
    CounterReader counters) {
  static final List<Path> COMMANDS =
      List.of(Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/usr/bin"), Path.of("/bin"));
  private static final Duration LONGEST_COMMAND = Duration.ofSeconds(2);

  static Machine here() {
    SystemFiles files = SystemFiles.HERE;
    InterfaceCatalog catalog = new InterfaceCatalog(files);
    return new Machine(
        files,
        catalog,
        OwnAddresses.ofThisMachine(),
        new KernelNeighborTable(COMMANDS, new ProcessRunner(LONGEST_COMMAND), files),
        new OshiCounters(catalog::names, new SysfsCounters(files)));
  }

  static Kernel kernel(Set<Way> ways, Supplier<Path> storage) {
    return new Kernel(
        new CountingLadder(new TreeSet<>(ways).stream().map(Machine::counting).toList()),
        new KernelShaping(COMMANDS, new ProcessRunner(LONGEST_COMMAND), SystemFiles.HERE.sys()),
        new WishFile(storage));
  }

  private static KernelCounting counting(Way way) {
    ProcessRunner runner = new ProcessRunner(LONGEST_COMMAND);
    return switch (way) {
      case NFTABLES ->
          new NftCounting(
              COMMANDS,
              runner,
              ProcessHandle.current().pid(),
              process -> ProcessHandle.of(process).isPresent());
      case CONNTRACK -> new ConntrackCounting(SystemFiles.HERE, COMMANDS, runner);
      case PCAP -> new PcapCounting(SystemFiles.HERE);
    };
  }
}
