package dev.mhs.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network namespace: interfaces, neighbors, routes and sockets of its own, with no way out but
 * the links that a test gives it. Its name carries the process that made it, so that what a crashed
 * run left behind can be told from what is in use.
 */
final class Namespace implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("mhs-lab-(\\d+)-\\d+-.+");
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** What "ip netns exec" lays over /etc for the programs in a namespace, see ip-netns(8). */
  private static final Path OVERLAYS = Path.of("/etc/netns");

  private final String name;

  private Namespace(String name) {
    this.name = name;
  }

  /**
   * Makes one, with nothing in it but a loopback interface that is up.
   *
   * @param purpose the last part of its name
   */
  static Namespace make(String purpose) {
    long maker = ProcessHandle.current().pid();
    Namespace made =
        new Namespace("mhs-lab-%d-%d-%s".formatted(maker, COUNT.incrementAndGet(), purpose));
    Command.of("ip", "netns", "add", made.name).run();
    made.ip("link", "set", "lo", "up");
    return made;
  }

  /** Removes the namespaces of processes that are gone, with whatever still runs in them. */
  static void removeLeftovers() {
    Predicate<Long> isGone = pid -> ProcessHandle.of(pid).isEmpty();
    for (String name : names(isGone)) {
      try {
        new Namespace(name).close();
      } catch (Command.CommandFailed e) {
        // Another run of tests may have removed it at the same time.
        if (names(isGone).contains(name)) {
          throw e;
        }
      }
    }
  }

  /** Returns the names of the namespaces that processes of a kind made. */
  static List<String> names(Predicate<Long> maker) {
    return Command.of("ip", "netns", "list")
        .run()
        .lines()
        .map(line -> line.split(" ", 2)[0])
        .filter(name -> madeBy(name, maker))
        .toList();
  }

  private static boolean madeBy(String name, Predicate<Long> maker) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() && maker.test(Long.valueOf(matcher.group(1)));
  }

  String name() {
    return name;
  }

  /** Runs ip(8) on this namespace and returns what it printed. */
  String ip(String... arguments) {
    return Command.of("ip", "-n", name).with(arguments).run();
  }

  /** Returns a command that runs inside. */
  Command command(String... words) {
    return Command.of("ip", "netns", "exec", name).with(words);
  }

  /** Starts a program inside, in the background; closing the namespace ends it. */
  Process start(Path output, Map<String, String> environment, String... words) {
    return command(words).start(output, environment);
  }

  /** Ends what runs inside and removes it; its links go with it. */
  @Override
  public void close() {
    // A namespace lives on, without a name, for as long as a process is in it.
    Command.of("ip", "netns", "pids", name)
        .run()
        .lines()
        .map(Long::valueOf)
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .forEach(Namespace::end);
    Command.of("ip", "netns", "delete", name).run();
    try {
      Files.deleteIfExists(OVERLAYS.resolve(name).resolve("resolv.conf"));
      Files.deleteIfExists(OVERLAYS.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }
}
