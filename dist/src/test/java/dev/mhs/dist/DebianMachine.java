package dev.mhs.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Debian with a systemd of its own, in namespaces: real units, users and sandboxes, on files that
 * belong to the test alone. What it lacks of a real machine is a kernel of its own and the limits
 * of memory, for which cgroups would have to be delegated.
 */
final class DebianMachine implements AutoCloseable {
  private static final Path PROJECT = Path.of(System.getProperty("mhs.root")).normalize();
  private static final Path SCRIPTS = PROJECT.resolve("dist/src/test/sh");

  /** Fetching it takes a minute or two, the first time. */
  private static final Duration FETCHING = Duration.ofMinutes(10);

  private static final Duration BOOTING = Duration.ofSeconds(90);
  private static final Duration COMMAND = Duration.ofMinutes(4);

  private final Path folder;
  private final String name;
  private final Process outside;
  private final long systemd;

  private DebianMachine(Path folder, String name, Process outside, long systemd) {
    this.folder = folder;
    this.name = name;
    this.outside = outside;
    this.systemd = systemd;
  }

  /** Returns the files of a minimal Debian without any Java. */
  static Path base() {
    return fetched().resolve("base");
  }

  /** Returns what Debian's Java adds to it. */
  static Path java() {
    return fetched().resolve("java");
  }

  private static Path fetched() {
    String said = Command.of(SCRIPTS.resolve("debian.sh").toString()).within(FETCHING).run();
    return Path.of(said.lines().reduce((first, second) -> second).orElseThrow());
  }

  /**
   * Boots one and waits until it is up.
   *
   * @param folder takes what it changes
   * @param network where it is
   * @param layers its files, the upper layers first
   */
  static DebianMachine boot(Path folder, Namespace network, List<Path> layers)
      throws InterruptedException {
    String files = layers.stream().map(Path::toString).collect(Collectors.joining(":"));
    Process outside =
        network.start(
            folder.resolve("boot.log"),
            Map.of(),
            "unshare",
            "--mount",
            "--pid",
            "--ipc",
            "--uts",
            "--fork",
            "--kill-child",
            SCRIPTS.resolve("boot.sh").toString(),
            files,
            folder.toString(),
            network.name());
    try {
      long systemd = Await.until("systemd is there", BOOTING, () -> child(outside));
      DebianMachine machine = new DebianMachine(folder, network.name(), outside, systemd);
      Await.until("the machine is up", BOOTING, machine::isUp);
      return machine;
    } catch (AssertionError e) {
      outside.descendants().forEach(ProcessHandle::destroyForcibly);
      outside.destroyForcibly();
      throw new AssertionError("it does not boot: " + read(folder.resolve("boot.log")), e);
    }
  }

  private static Optional<Long> child(Process outside) {
    return outside.children().findFirst().map(ProcessHandle::pid);
  }

  /** Degraded is good enough: there is no console, and no modules can be loaded. */
  private Optional<String> isUp() {
    String state = result("systemctl", "is-system-running").output().strip();
    return Optional.of(state).filter(List.of("running", "degraded")::contains);
  }

  /** Puts a file or a folder where the machine finds it. */
  String lend(Path file) {
    Command.of("cp", "-R", file.toString(), folder.resolve("host").toString()).run();
    return "/host/" + file.getFileName();
  }

  /** Runs a command inside to its end, as root, and returns what it printed. */
  String run(String... words) {
    return inside(words).run();
  }

  /** Runs it and tells how it ended. */
  Command.Result result(String... words) {
    return inside(words).result();
  }

  private Command inside(String... words) {
    List<String> all = new ArrayList<>(List.of("nsenter", "--target", Long.toString(systemd)));
    all.addAll(List.of("--all", "--root", "--wd"));
    all.addAll(List.of("env", "-i", "PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
    all.addAll(List.of("LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"));
    return new Command(all).with(words).within(COMMAND);
  }

  /** Runs shell code inside and returns what it printed, stripped. */
  String sh(String code) {
    return run("sh", "-euc", code).strip();
  }

  /** Returns a property of the service, see systemctl(1) "show". */
  String service(String property) {
    return run("systemctl", "show", "-P", property, "mhs.service").strip();
  }

  /** Returns what the service logged. */
  String log() {
    return result("journalctl", "--no-pager", "-o", "cat", "-u", "mhs.service").output();
  }

  /** Returns the path outside of a file inside that was changed there. */
  Path changed(String path) {
    return folder.resolve("changes").resolve(path.substring(1));
  }

  /** Returns everything that was changed, to be a layer of other machines once this one is off. */
  Path changes() {
    return folder.resolve("changes");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pulls the plug. */
  @Override
  public void close() {
    outside.descendants().forEach(ProcessHandle::destroyForcibly);
    outside.destroyForcibly();
    outside.onExit().join();
    // The first process of its namespace ends last.
    ProcessHandle.of(systemd).ifPresent(last -> last.onExit().join());
    Command.of("unshare", "--mount", "--cgroup", SCRIPTS.resolve("boot.sh").toString())
        .with("--forget", name)
        .run();
  }
}
