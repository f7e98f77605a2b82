package dev.mhs.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A Debian on which MHS was installed by its script, booted with files of its own. */
final class InstalledDebian implements AutoCloseable {
  /** The router's password: what may go wrong in it between shell and systemd. */
  static final String PASSWORD = "se\"cr$et `\\1' #ü";

  /** User and password of the page. */
  static final String PAGE = "admin:page $ecret";

  private static final Duration STARTING = Duration.ofSeconds(60);

  /** The answers to: router, user, password, switches, the page's password, its user. */
  private static final String ANSWERS =
      String.join("\n", "192.0.2.1", "", PASSWORD, "", "page $ecret", "", "");

  private final Path folder;
  private final Disk disk;
  private final Namespace network;
  private final DebianMachine machine;

  /**
   * What an installation left.
   *
   * @param release the unpacked release
   * @param files what it changed on the disk
   * @param said what it printed
   */
  record Disk(Path release, Path files, String said) {
    /** Installs it, answering what it asks, by a root whose files nobody may read. */
    static Disk install(Path shared) throws IOException, InterruptedException {
      Namespace.removeLeftovers();
      Path release = Release.unpack(Release.withRuntime(), shared);
      Path disk = Files.createDirectory(shared.resolve("disk"));
      try (Namespace alone = Namespace.make("install");
          DebianMachine clean = DebianMachine.boot(disk, alone, List.of(DebianMachine.base()))) {
        Path answers = Files.writeString(shared.resolve("answers"), ANSWERS);
        String install = clean.lend(release) + "/install.sh <" + clean.lend(answers);
        String said = clean.sh("umask 077 && " + install + " 2>&1");
        return new Disk(release, clean.changes(), said);
      }
    }
  }

  private InstalledDebian(Path folder, Disk disk, Namespace network, DebianMachine machine) {
    this.folder = folder;
    this.disk = disk;
    this.network = network;
    this.machine = machine;
  }

  /** Boots it and waits until the service runs. */
  static InstalledDebian boot(Disk disk, Path folder) throws InterruptedException {
    Namespace network = Namespace.make("installed");
    DebianMachine machine =
        DebianMachine.boot(folder, network, List.of(disk.files(), DebianMachine.base()));
    InstalledDebian debian = new InstalledDebian(folder, disk, network, machine);
    try {
      Await.until("the service runs", STARTING, debian::isActive);
      return debian;
    } catch (AssertionError e) {
      String log = machine.log();
      debian.close();
      throw new AssertionError("the service does not run: " + log, e);
    }
  }

  DebianMachine machine() {
    return machine;
  }

  /** Tells whether the service runs, by a value if it does. */
  Optional<String> isActive() {
    return Optional.of(machine.service("ActiveState")).filter("active"::equals);
  }

  /** Puts a history in the place of that which is there; the service is off then. */
  void replaceHistory(Path file) {
    machine.sh(
        "systemctl stop mhs && rm -f /var/lib/mhs/mhs.db* && install -o mhs -g mhs -m 600 "
            + machine.lend(file)
            + " /var/lib/mhs/mhs.db");
  }

  /** Returns a copy of a history that rests; beside it lie what overlayfs notes as removed. */
  Path history(String path) throws IOException {
    Path copy = Files.createTempDirectory(folder, "history").resolve("mhs.db");
    return Files.copy(machine.changed(path), copy);
  }

  /** Returns a release that differs in the version. */
  Path version(String version) throws IOException {
    Path other = folder.resolve("mhs-" + version);
    Command.of("cp", "-R", disk.release().toString(), other.toString()).run();
    Files.writeString(other.resolve("VERSION"), version + "\n");
    return other;
  }

  /** Returns a variable of the service, with its name. */
  String variable(String name) {
    return machine.sh("tr '\\0' '\\n' </proc/" + process() + "/environ | grep " + name);
  }

  /** Returns the number of the service's process. */
  String process() {
    return machine.service("MainPID");
  }

  /** Asks for the status of an answer. */
  String page(String path, String credentials) {
    return network
        .command("curl", "--silent", "--max-time", "10", "--output", "/dev/null")
        .with("--write-out", "Status: %{http_code}")
        .with("--user", credentials.isEmpty() ? "nobody:" : credentials)
        .with("http://localhost:8000/" + path)
        .run();
  }

  /** Pulls the plug. */
  @Override
  public void close() {
    machine.close();
    network.close();
  }
}
