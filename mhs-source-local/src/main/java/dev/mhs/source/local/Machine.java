package dev.mhs.source.local;

import dev.mhs.source.local.count.KernelCounting;
import dev.mhs.source.local.count.NftCounting;
import dev.mhs.source.local.limit.KernelShaping;
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
  private static final List<Path> COMMANDS =
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

  static Kernel kernel() {
    return new Kernel(
        counting(),
        new KernelShaping(COMMANDS, new ProcessRunner(LONGEST_COMMAND), SystemFiles.HERE.sys()));
  }

  private static KernelCounting counting() {
    return new NftCounting(
        COMMANDS,
        new ProcessRunner(LONGEST_COMMAND),
        ProcessHandle.current().pid(),
        process -> ProcessHandle.of(process).isPresent());
  }
}
