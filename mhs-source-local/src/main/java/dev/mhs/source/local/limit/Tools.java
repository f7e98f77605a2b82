package dev.mhs.source.local.limit;

import dev.mhs.source.local.read.CommandRunner;
import dev.mhs.source.local.read.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The programs that change what the kernel does. Any thread. */
final class Tools {
  private static final Map<String, String> PACKAGES =
      new TreeMap<>(Map.of("nft", "nftables", "tc", "iproute2", "ip", "iproute2"));

  private final List<Path> places;
  private final CommandRunner runner;

  Tools(List<Path> places, CommandRunner runner) {
    this.places = List.copyOf(places);
    this.runner = runner;
  }

  /** Returns the packages of the programs that are not there. */
  List<String> missing() {
    return PACKAGES.entrySet().stream()
        .filter(each -> path(each.getKey()).isEmpty())
        .map(Map.Entry::getValue)
        .distinct()
        .toList();
  }

  /** Runs a program, by its name. */
  Outcome run(List<String> words) throws InterruptedException {
    Optional<Path> program = path(words.getFirst());
    if (program.isEmpty()) {
      return new Outcome.Failed(words.getFirst() + " is not installed");
    }
    List<String> command = new ArrayList<>(words);
    command.set(0, program.get().toString());
    return runner.run(command);
  }

  private Optional<Path> path(String program) {
    return places.stream()
        .map(each -> each.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
