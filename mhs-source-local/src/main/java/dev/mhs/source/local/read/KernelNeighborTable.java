package dev.mhs.source.local.read;

import dev.mhs.source.local.parse.ArpTableParser;
import dev.mhs.source.local.parse.IpNeighborParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the neighbor cache by {@code ip} where there is one, else from {@code /proc/net/arp}. Which
 * of the ways works is tried anew at each reading: a package may be installed meanwhile, and a try
 * costs less than a wrong answer.
 */
public final class KernelNeighborTable implements NeighborTable {
  private final List<Path> places;
  private final CommandRunner runner;
  private final SystemFiles files;

  /**
   * Makes a reader.
   *
   * @param places the folders in which {@code ip} may be
   * @param runner what runs it
   * @param files where procfs is
   */
  public KernelNeighborTable(List<Path> places, CommandRunner runner, SystemFiles files) {
    this.places = List.copyOf(places);
    this.runner = runner;
    this.files = files;
  }

  @Override
  public Reading read() throws InterruptedException {
    for (Path place : places) {
      Path ip = place.resolve("ip");
      if (Files.isExecutable(ip)) {
        Optional<Reading> reading = ask(ip.toString());
        if (reading.isPresent()) {
          return reading.get();
        }
      }
    }
    return SystemFiles.text(files.proc().resolve("net/arp"))
        .map(text -> new Reading(ArpTableParser.parse(text), Origin.PROC))
        .orElse(new Reading(List.of(), Origin.NOTHING));
  }

  private Optional<Reading> ask(String ip) throws InterruptedException {
    Optional<String> withAges = runner.run(List.of(ip, "-s", "neigh", "show")).printed();
    if (withAges.isPresent()) {
      var entries = IpNeighborParser.parse(withAges.get(), true);
      return Optional.of(new Reading(entries, Origin.IP_WITH_AGES));
    }
    // busybox refuses -s; without it, it prints ages that are always zero.
    return runner
        .run(List.of(ip, "neigh", "show"))
        .printed()
        .map(text -> new Reading(IpNeighborParser.parse(text, false), Origin.IP));
  }
}
