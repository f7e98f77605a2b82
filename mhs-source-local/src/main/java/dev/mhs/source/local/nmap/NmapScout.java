package dev.mhs.source.local.nmap;

import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.local.read.CommandRunner;
import dev.mhs.source.local.read.Outcome;
import dev.mhs.source.local.sweep.Ipv4Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets nmap look, on a thread of its own and seldom, for it costs more than asking by ARP and finds
 * nobody else on a connected network. It asks for no names: that is done elsewhere, and a name
 * server that does not answer would hold it up by half a minute. For one thread.
 */
public final class NmapScout implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMinutes(5);
  private static final int LARGEST = 20; // bits of the prefix; of a larger network, our part

  /**
   * What nmap found on a network.
   *
   * @param interfaceName the interface that the network is on
   * @param at when nmap began to look
   * @param hosts who answered
   */
  public record Found(String interfaceName, Instant at, List<NmapHost> hosts) {
    /** Copies the hosts. */
    public Found {
      hosts = List.copyOf(hosts);
    }
  }

  private final List<Path> places;
  private final CommandRunner runner;
  private final BooleanSupplier mayUseFrames;
  private final TimeSource time;
  private final Map<String, Found> found = new ConcurrentHashMap<>();
  private final Map<String, String> troubles = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Thread> looking = new AtomicReference<>();
  private @Nullable Long startedAt;

  /**
   * Makes a scout.
   *
   * @param places the folders in which nmap may be
   * @param runner runs it, with a deadline
   * @param mayUseFrames tells whether a program that we start may send frames
   * @param time both clocks
   */
  public NmapScout(
      List<Path> places, CommandRunner runner, BooleanSupplier mayUseFrames, TimeSource time) {
    this.places = List.copyOf(places);
    this.runner = runner;
    this.mayUseFrames = mayUseFrames;
    this.time = time;
  }

  /**
   * Returns where nmap is.
   *
   * @return its path, empty when it is not installed
   */
  public Optional<Path> program() {
    return places.stream()
        .map(place -> place.resolve("nmap"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Lets nmap look at networks, unless it is at it or did so a moment ago. Returns at once.
   *
   * @param networks the networks
   * @param awaited whether a person wants to know anew
   */
  public void look(List<Ipv4Network> networks, boolean awaited) {
    Optional<Path> nmap = program();
    long now = time.nanos();
    boolean isDue = startedAt == null || awaited || now - startedAt >= PAUSE.toNanos();
    if (nmap.isEmpty() || networks.isEmpty() || !isDue || looking.get() != null) {
      return;
    }
    startedAt = now;
    String program = nmap.get().toString();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("mhs-local-nmap")
            .unstarted(() -> look(program, networks));
    looking.set(thread);
    thread.start();
  }

  private void look(String program, List<Ipv4Network> networks) {
    try {
      for (Ipv4Network network : networks) {
        look(program, network);
      }
    } catch (InterruptedException ended) {
      found.clear(); // only close() interrupts
    } finally {
      looking.set(null);
    }
  }

  private void look(String program, Ipv4Network network) throws InterruptedException {
    Instant at = time.instant();
    String name = network.interfaceName();
    switch (runner.run(command(program, network))) {
      case Outcome.Printed(String report) -> {
        found.put(network.toString(), new Found(name, at, NmapReport.hosts(report)));
        troubles.remove(name);
      }
      case Outcome.Failed(String reason) -> troubles.put(name, reason);
    }
  }

  private List<String> command(String program, Ipv4Network network) {
    List<String> command =
        new ArrayList<>(List.of(program, "-sn", "-n", "-T4", "--max-retries", "1"));
    if (mayUseFrames.getAsBoolean()) {
      command.addAll(List.of("--privileged", "-e", network.interfaceName()));
    } else {
      command.add("--unprivileged");
    }
    int prefix = Math.max(LARGEST, network.prefixLength());
    command.addAll(List.of("-oX", "-", network.own().getHostAddress() + "/" + prefix));
    return command;
  }

  /**
   * Returns what was found, each network as it was last looked at.
   *
   * @return the networks; empty while nothing was looked at
   */
  public List<Found> found() {
    return List.copyOf(found.values());
  }

  /**
   * Returns why nmap failed, by interface.
   *
   * @return the reasons; empty where it did not fail the last time
   */
  public Map<String, String> troubles() {
    return new TreeMap<>(troubles);
  }

  /** Ends nmap if it runs. */
  @Override
  public void close() {
    Thread thread = looking.get();
    if (thread != null) {
      thread.interrupt();
    }
  }
}
