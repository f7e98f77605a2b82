package dev.mhs.bench.lab;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The home of {@code ./mhs lab}: with a laptop that sends packets through a router to a host in the
 * world, or with many members that only answer. It touches no network of the machine's, and goes
 * when this is closed or the benchmarks end.
 */
public final class Lab implements AutoCloseable {
  /** The host in the world. */
  public static final String WORLD = "203.0.113.2";

  /** The network of the household. */
  public static final String HOME = "192.168.77.0/24";

  /** RFC 863: discard. What comes there is thrown away as it comes. */
  private static final String PORT = "9";

  private static final AtomicInteger BUILT = new AtomicInteger();
  private static final String ROUTER = "router";
  private static final String MEMBERS = "members";

  private final List<String> places;
  private final Path script;
  private final Path folder;
  private final String name =
      "mhs-lab-%d-%d-bench-".formatted(ProcessHandle.current().pid(), BUILT.incrementAndGet());
  private @Nullable Process sender;
  private final Thread end = Thread.ofPlatform().unstarted(this::remove);

  private Lab(Path root, List<String> places) throws IOException {
    this.places = places;
    script = root.resolve("dist/src/main/sh/home.sh");
    folder = Files.createTempDirectory("mhs-bench-lab");
  }

  /**
   * Builds it with a laptop and a host in the world.
   *
   * @param root the project's folder
   * @throws IOException when it cannot be built here
   */
  public static Lab build(Path root) throws IOException, InterruptedException {
    return new Lab(root, List.of(ROUTER, "world", "laptop")).built(Lab::addLaptop);
  }

  /**
   * Builds it with members that have addresses and answer to questions for them, no more. They are
   * not plugged in yet.
   *
   * @param root the project's folder
   * @param members how many
   * @throws IOException when it cannot be built here
   */
  public static Lab of(Path root, int members) throws IOException, InterruptedException {
    return new Lab(root, List.of(ROUTER, MEMBERS)).built(lab -> lab.addMembers(members));
  }

  /** What is built besides the router. */
  private interface Extension {
    void build(Lab lab) throws IOException, InterruptedException;
  }

  private Lab built(Extension extension) throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(end);
    try {
      for (String place : places) {
        script("make_namespace", name + place);
      }
      script("make_router", name + ROUTER, folder.toString());
      extension.build(this);
      return this;
    } catch (IOException | InterruptedException failed) {
      close();
      throw failed;
    }
  }

  private void addLaptop() throws IOException, InterruptedException {
    script("make_world", name + ROUTER, name + "world");
    script(
        "join_home",
        name + ROUTER,
        name + "laptop",
        "port1",
        "00:00:5e:00:53:11",
        "laptop",
        folder.toString());
    String sink =
        "table netdev sink { chain in { type filter hook ingress device eth0 priority 0;"
            + " udp dport "
            + PORT
            + " drop; }; }";
    run(in("world", "nft", sink));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    sender =
        new ProcessBuilder(
                in(
                    "laptop",
                    java,
                    "-Xmx32m",
                    "-cp",
                    classes,
                    PacketSender.class.getName(),
                    WORLD,
                    PORT))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
  }

  /** Has the kernel count what each connection moves; it does from the next connection on. */
  public void countByConnection() throws IOException, InterruptedException {
    run(in(ROUTER, "sysctl", "-q", "-w", "net.netfilter.nf_conntrack_acct=1"));
  }

  private void addMembers(int members) throws IOException, InterruptedException {
    script("make_members", name + ROUTER, name + MEMBERS, Integer.toString(members));
  }

  /** Plugs the members in, or pulls the plug. */
  public void plug(boolean in) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("ip", "-n", name + ROUTER, "link", "set", "port1"));
    command.addAll(in ? List.of("master", "lan") : List.of("nomaster"));
    run(command);
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
   * @param place router, and world and laptop or members, whichever it was built with
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

  /** Returns a page that is served on the router. */
  public String page(URI address) throws IOException, InterruptedException {
    return run(in(ROUTER, "curl", "--silent", "--fail", "-m", "10", address.toString()));
  }

  /**
   * Tells whether a program is installed.
   *
   * @param program its name
   */
  public boolean has(String program) throws InterruptedException {
    try {
      run(List.of("sh", "-c", "command -v \"$0\"", program));
      return true;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Tells whether every member has sent something more than it had. */
  public boolean allSpoke(List<Long> before) throws IOException, InterruptedException {
    List<Long> now = sentByMembers();
    return IntStream.range(0, now.size()).allMatch(each -> now.get(each) > before.get(each));
  }

  /** Returns how many frames each member has sent. */
  public List<Long> sentByMembers() throws IOException, InterruptedException {
    String counters = "cat /sys/class/net/member*/statistics/tx_packets";
    return run(in(MEMBERS, "sh", "-c", counters)).lines().map(Long::valueOf).toList();
  }

  /**
   * What the laptop's interface has sent.
   *
   * @param packets how many
   * @param bytes of frames
   */
  public record Sent(long packets, long bytes) {
    /** Returns what was sent since an earlier reading. */
    public Sent since(Sent earlier) {
      return new Sent(packets - earlier.packets, bytes - earlier.bytes);
    }
  }

  /** Reads what the laptop's interface has sent so far. */
  public Sent sent() throws IOException, InterruptedException {
    String counters = "cd /sys/class/net/eth0/statistics; cat tx_packets tx_bytes";
    List<Long> told = run(in("laptop", "sh", "-c", counters)).lines().map(Long::valueOf).toList();
    return new Sent(told.get(0), told.get(1));
  }

  /**
   * Sends small packets from the laptop to the world, and returns when they are sent.
   *
   * @param packetsPerSecond how many, if this machine can
   * @param seconds for how long
   * @return the processor time that it took to send them and to bring them to the world
   */
  public Duration send(int packetsPerSecond, int seconds) throws IOException {
    Process program = requireNonNull(sender, "nobody sends here");
    Writer orders = program.outputWriter();
    orders.write(packetsPerSecond + " " + seconds + "\n");
    orders.flush();
    String answer = program.inputReader().readLine();
    if (answer == null) {
      throw new IOException("the laptop has stopped sending");
    }
    return Duration.ofNanos(Long.parseLong(answer));
  }

  private void remove() {
    try {
      for (String place : places) {
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
