package dev.mhs.bench.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The home of {@code ./mhs lab} with one member: a laptop that sends packets through a router to a
 * host in the world. It touches no network of the machine's, and goes when this is closed or the
 * benchmarks end.
 */
public final class Lab implements AutoCloseable {
  /** The host in the world. */
  public static final String WORLD = "203.0.113.2";

  private static final List<String> PLACES = List.of("router", "world", "laptop");

  private final Path script;
  private final Path folder;
  private final String name = "mhs-lab-" + ProcessHandle.current().pid() + "-1-bench-";
  private final Thread end = Thread.ofPlatform().unstarted(this::remove);

  private Lab(Path root) throws IOException {
    script = root.resolve("dist/src/main/sh/home.sh");
    folder = Files.createTempDirectory("mhs-bench-lab");
  }

  /**
   * Builds it.
   *
   * @param root the project's folder
   * @throws IOException when it cannot be built here
   */
  public static Lab build(Path root) throws IOException, InterruptedException {
    Lab lab = new Lab(root);
    Runtime.getRuntime().addShutdownHook(lab.end);
    try {
      for (String place : PLACES) {
        lab.script("make_namespace", lab.name + place);
      }
      lab.script("make_router", lab.name + "router", lab.folder.toString());
      lab.script("make_world", lab.name + "router", lab.name + "world");
      lab.script(
          "join_home",
          lab.name + "router",
          lab.name + "laptop",
          "port1",
          "00:00:5e:00:53:11",
          "laptop",
          lab.folder.toString());
      lab.run(lab.in("router", "sysctl", "-q", "-w", "net.netfilter.nf_conntrack_acct=1"));
      lab.run(lab.in("world", "iperf3", "-s", "-D"));
      return lab;
    } catch (IOException | InterruptedException failed) {
      lab.close();
      throw failed;
    }
  }

  private void script(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("sh", "-euc", ". \"$0\"; \"$@\"", script.toString()));
    command.addAll(List.of(words));
    run(command);
  }

  /**
   * Returns a command that runs in a place.
   *
   * @param place router, world or laptop
   * @param words the command
   */
  public List<String> in(String place, String... words) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name + place));
    command.addAll(List.of(words));
    return command;
  }

  /**
   * Runs a command to its end.
   *
   * @param command its words
   * @return what it printed
   * @throws IOException when it fails
   */
  public String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
    return said;
  }

  /** Returns how many packets the laptop has sent. */
  public long sentPackets() throws IOException, InterruptedException {
    String counter = "/sys/class/net/eth0/statistics/tx_packets";
    return Long.parseLong(run(in("laptop", "cat", counter)).strip());
  }

  /**
   * Begins to send small packets.
   *
   * @param packetsPerSecond how many
   * @param seconds for how long
   */
  public Process send(int packetsPerSecond, int seconds) throws IOException {
    long bits = packetsPerSecond * 64L * Byte.SIZE;
    String time = Integer.toString(seconds);
    List<String> command = in("laptop", "iperf3", "-c", WORLD, "-u", "-l", "64");
    command.addAll(List.of("-b", Long.toString(bits), "-t", time));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void remove() {
    try {
      for (String place : PLACES) {
        script("remove_namespace", name + place);
      }
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    } catch (IOException | InterruptedException failed) {
      System.err.println("namespaces that begin with " + name + " may remain: " + failed);
    }
  }

  @Override
  public void close() {
    if (Runtime.getRuntime().removeShutdownHook(end)) {
      remove();
    }
  }
}
