package dev.mhs.source.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A home in network namespaces of its own: a machine with the bridge {@code lan0} at 10.66.0.1/24,
 * and clients behind it at 10.66.0.11 and on, of which the first is the way to everywhere else.
 */
final class Household implements AutoCloseable {
  private final String tag =
      "mhsl" + ProcessHandle.current().pid() + "x" + System.nanoTime() % 10_000;
  private final List<String> namespaces = new ArrayList<>();
  private final List<Process> programs = new ArrayList<>();

  /** Tells whether namespaces can be made here. */
  static boolean possible() {
    try (Household empty = new Household()) {
      return empty.namespace("try");
    } catch (IOException | InterruptedException notHere) {
      return false;
    }
  }

  static Household of(int clients) throws IOException, InterruptedException {
    Household home = new Household();
    home.namespace("home");
    home.inHome(
        "sysctl -q -w net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1");
    home.inHome("ip link set lo up");
    // With snooping on, a bridge joins 224.0.0.106 (RFC 4286) and reports that by itself.
    home.inHome("ip link add lan0 type bridge mcast_snooping 0");
    home.inHome("ip address add 10.66.0.1/24 dev lan0");
    home.inHome("ip link set lan0 up");
    for (int client = 1; client <= clients; client++) {
      home.addClient(client);
    }
    home.inHome("ip route add default via 10.66.0.11");
    // Reachable for 1 to 3 s instead of 15 to 45 s: leaving is noticed that much sooner.
    home.inHome("sysctl -q -w net.ipv4.neigh.lan0.base_reachable_time_ms=2000");
    home.inHome("sysctl -q -w net.ipv4.neigh.lan0.delay_first_probe_time=1");
    home.inHome("ip neigh flush dev lan0");
    return home;
  }

  private void addClient(int client) throws IOException, InterruptedException {
    String name = "c" + client;
    namespace(name);
    inHome("ip link add p" + client + " type veth peer name e0 netns " + full(name));
    inHome("ip link set p" + client + " master lan0 up");
    in(name, "ip link set e0 address " + mac(client));
    in(name, "ip address add 10.66.0." + (10 + client) + "/24 dev e0");
    in(name, "ip link set e0 up");
  }

  static String mac(int client) {
    return "02:66:00:00:00:0" + client;
  }

  void inHome(String command) throws IOException, InterruptedException {
    in("home", command);
  }

  void in(String name, String command) throws IOException, InterruptedException {
    in(name, command, "sh");
  }

  void in(String name, String command, String shell) throws IOException, InterruptedException {
    if (run(List.of("ip", "netns", "exec", full(name), shell, "-c", command)) != 0) {
      throw new IOException("failed in " + name + ": " + command);
    }
  }

  /** Returns what a command printed in the home. */
  String output(String command) throws IOException {
    Process process =
        new ProcessBuilder("ip", "netns", "exec", full("home"), "sh", "-c", command).start();
    try (var printed = process.getInputStream()) {
      return new String(printed.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Starts the local source in the home. */
  Asked start(String scan, String way) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            "ip",
            "netns",
            "exec",
            full("home"),
            java.toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LookAround.class.getName(),
            scan,
            way);
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    programs.add(process);
    return new Asked(process);
  }

  /** A started source. */
  static final class Asked {
    private final BufferedReader answers;
    private final PrintWriter questions;

    private Asked(Process process) {
      answers = process.inputReader(StandardCharsets.UTF_8);
      questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    String ask(String question) {
      questions.println(question);
      StringBuilder all = new StringBuilder();
      try {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
          if (line.equals(".")) {
            return all.toString();
          }
          all.append(line).append('\n');
        }
      } catch (IOException broken) {
        throw new AssertionError(broken);
      }
      throw new AssertionError("the source ended: " + all);
    }

    /** Tells whether a client is told with some evidence. */
    boolean tells(int client, String evidence) {
      return ask("devices")
          .lines()
          .anyMatch(line -> line.startsWith(mac(client)) && line.contains(evidence));
    }
  }

  private boolean namespace(String name) throws IOException, InterruptedException {
    namespaces.add(full(name));
    return run(List.of("ip", "netns", "add", full(name))) == 0;
  }

  private String full(String name) {
    return tag + name;
  }

  private static int run(List<String> words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }

  /** Ends the programs and removes the namespaces, also when interrupted. */
  @Override
  public void close() throws IOException {
    try {
      for (Process each : programs) {
        each.destroyForcibly();
        each.waitFor();
      }
      for (String each : namespaces.reversed()) {
        run(List.of("ip", "netns", "delete", each));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted, these namespaces may remain: " + namespaces, interrupted);
    }
  }
}
