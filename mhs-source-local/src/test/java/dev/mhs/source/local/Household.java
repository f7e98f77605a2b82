package dev.mhs.source.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

  /** Where the tests have the leases of a DHCP server, if they start one. */
  static final String LEASES = "/tmp/mhs-test-leases-" + ProcessHandle.current().pid();

  private final List<String> namespaces = new ArrayList<>();
  private final Path storage = storage();
  private final List<Process> programs = new ArrayList<>();

  private static Path storage() {
    try {
      return Files.createTempDirectory("mhs-household");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

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
    home.addBridge();
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

  /** Makes the bridge; clients that were there before are to be connected with it again. */
  void addBridge() throws IOException, InterruptedException {
    // With snooping on, a bridge joins 224.0.0.106 (RFC 4286) and reports that by itself.
    inHome("ip link add lan0 type bridge mcast_snooping 0");
    inHome("ip address add 10.66.0.1/24 dev lan0");
    inHome("ip link set lan0 up");
  }

  private void addClient(int client) throws IOException, InterruptedException {
    namespace("c" + client);
    plug(client);
  }

  /** Connects a client with the bridge, by interfaces that are made for it. */
  void plug(int client) throws IOException, InterruptedException {
    String name = "c" + client;
    inHome("ip link add p" + client + " type veth peer name e0 netns " + full(name));
    inHome("ip link set p" + client + " master lan0 up");
    in(name, "ip link set e0 address " + mac(client));
    in(name, "ip address add 10.66.0." + (10 + client) + "/24 dev e0");
    in(name, "ip link set e0 up");
  }

  /**
   * Makes the machine a router with address translation: the clients reach 10.67.0.2, where an
   * iperf3 server listens, by way of it, and that host knows no way to them.
   */
  void openToTheWorld(int clients) throws IOException, InterruptedException {
    namespace("world");
    inHome("ip route del default");
    inHome("ip link add wan0 type veth peer name e0 netns " + full("world"));
    inHome("ip address add 10.67.0.1/24 dev wan0");
    inHome("ip link set wan0 up");
    in("world", "ip link set lo up; ip link set e0 up; ip address add 10.67.0.2/24 dev e0");
    inHome("ip route add default via 10.67.0.2");
    inHome("sysctl -q -w net.ipv4.ip_forward=1");
    translate();
    for (int client = 1; client <= clients; client++) {
      in("c" + client, "ip link set lo up; ip route add default via 10.66.0.1");
    }
  }

  /** Gives the router's rules for translation, which are all that its firewall has. */
  void translate() throws IOException, InterruptedException {
    inHome(
        "nft 'table ip nat {\nchain out {\ntype nat hook postrouting priority 100;"
            + " oifname \"wan0\" masquerade\n}\n}'");
  }

  /** Gives the clients, the router and the world IPv6 addresses besides, without translation. */
  void speakIpv6(int clients) throws IOException, InterruptedException {
    inHome("sysctl -q -w net.ipv6.conf.all.disable_ipv6=0 net.ipv6.conf.all.forwarding=1");
    inHome("sysctl -q -w net.ipv6.conf.lan0.disable_ipv6=0 net.ipv6.conf.wan0.disable_ipv6=0");
    inHome("ip address add fd66::1/64 dev lan0 nodad; ip address add fd67::1/64 dev wan0 nodad");
    in("world", "ip address add fd67::2/64 dev e0 nodad; ip route add default via fd67::1");
    for (int client = 1; client <= clients; client++) {
      in("c" + client, "ip address add fd66::1" + client + "/64 dev e0 nodad");
      in("c" + client, "ip -6 route add default via fd66::1");
    }
  }

  /** Starts a program that runs until this is closed, and waits until it has said something. */
  void serve(String name, String saying, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", full(name)));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    programs.add(process);
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains(saying)) {
        return;
      }
    }
    throw new IOException(String.join(" ", words) + " ended without saying " + saying);
  }

  /** Returns a counter of a client's interface. */
  long counter(int client, String name) throws IOException {
    return Long.parseLong(output("c" + client, "cat /sys/class/net/e0/statistics/" + name).strip());
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
    return output("home", command);
  }

  String output(String name, String command) throws IOException {
    Process process =
        new ProcessBuilder("ip", "netns", "exec", full(name), "sh", "-c", command).start();
    try (var printed = process.getInputStream()) {
      return new String(printed.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Starts the local source in the home. */
  Asked start(String scan, String way) throws IOException {
    return start(scan, way, "auto");
  }

  /** Starts the local source in the home; it counts in one way, or the best that it may. */
  Asked start(String scan, String way, String counting) throws IOException {
    return start(scan, way, counting, List.of());
  }

  /** Starts it by way of a command that takes rights or programs from it. */
  Asked start(String scan, String way, String counting, List<String> through) throws IOException {
    return start(
        through,
        List.of(),
        LookAround.class,
        scan,
        way,
        counting,
        storage.toString(),
        "nmap,arp,ping",
        "/nowhere");
  }

  /** Starts it as another user than the tests', who has some rights. */
  Asked startAs(OrdinaryUser user, List<String> rights, String scan, String counting, String means)
      throws IOException {
    return startIn(
        "home",
        rights,
        List.of(),
        user.classPath(),
        LookAround.class,
        scan,
        "ip",
        counting,
        user.storage(),
        means,
        "/nowhere");
  }

  /** Starts the local source in the home, which counts nothing and looks by some means only. */
  Asked look(String scan, String way, String means) throws IOException {
    return look(List.of(), List.of(), scan, way, means);
  }

  /** Starts it with less than it could have. */
  Asked look(List<String> through, List<String> options, String scan, String way, String means)
      throws IOException {
    return start(
        through, options, LookAround.class, scan, way, "off", storage.toString(), means, LEASES);
  }

  /**
   * Starts a program of the tests in the home.
   *
   * @param before words that come before "java", such as those that take rights away
   * @param options for the JVM
   * @param program its class
   * @param words what it is told
   */
  Asked start(List<String> before, List<String> options, Class<?> program, String... words)
      throws IOException {
    return startIn("home", before, options, program, words);
  }

  Asked startIn(
      String name, List<String> before, List<String> options, Class<?> program, String... words)
      throws IOException {
    return startIn(name, before, options, System.getProperty("java.class.path"), program, words);
  }

  private Asked startIn(
      String name,
      List<String> before,
      List<String> options,
      String classPath,
      Class<?> program,
      String... words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", full(name)));
    command.addAll(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, program.getName()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    programs.add(process);
    return new Asked(process);
  }

  private static List<String> java(Class<?> main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Xmx64m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName());
  }

  /** Begins a program of the tests' in a namespace. */
  Process beginJava(String name, Class<?> main, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", full(name)));
    command.addAll(java(main));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).inheritIO().start();
    programs.add(process);
    return process;
  }

  /** Begins a command in a namespace. */
  Process begin(String name, String command) throws IOException {
    Process process =
        new ProcessBuilder("ip", "netns", "exec", full(name), "sh", "-c", command)
            .inheritIO()
            .start();
    programs.add(process);
    return process;
  }

  /** Returns the MAC address of the bridge. */
  String macOfHome() throws IOException {
    return output("cat /sys/class/net/lan0/address").strip();
  }

  /** A started source. */
  static final class Asked {
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter questions;

    private Asked(Process process) {
      this.process = process;
      answers = process.inputReader(StandardCharsets.UTF_8);
      questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    /** Ends it as a power cut does. */
    void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
    }

    /** Lets it stand still, as a machine does that has no time for it, or go on. */
    void halt(boolean stands) throws IOException, InterruptedException {
      String signal = stands ? "-STOP" : "-CONT";
      run(List.of("kill", signal, Long.toString(process.pid())));
    }

    /** Ends it as it would end by itself. */
    void end() throws InterruptedException {
      questions.close();
      process.waitFor();
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

    /** Waits until the program says that it is ready. */
    void ready() throws IOException {
      if (!".".equals(answers.readLine())) {
        throw new IOException("a program of the tests did not start");
      }
    }

    /** Tells whether the program is still at it. */
    boolean isRunning() {
      return process.isAlive();
    }

    /** Returns the resident memory of the program, in kilobytes. */
    long residentKilobytes() throws IOException {
      String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
      return status
          .lines()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }

    /** Returns what is told of a MAC address, or nothing. */
    String line(String mac) {
      return ask("devices").lines().filter(line -> line.startsWith(mac)).findFirst().orElse("");
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
      Files.deleteIfExists(storage.resolve("limits"));
      Files.delete(storage);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted, these namespaces may remain: " + namespaces, interrupted);
    }
  }
}
