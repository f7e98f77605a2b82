package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code install.sh} and {@code uninstall.sh} on a clean Debian that has a systemd and no Java. It
 * is installed once; each test boots a machine of its own with what that left on the disk.
 */
@Tag("netns")
@Tag("debian")
@ExtendWith(NeedsDebian.class)
class InstallerIT {
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final String PASSWORD = "se\"cr$et `\\1' #ü";
  private static final String PAGE = "admin:page $ecret";

  /** The answers to: router, user, password, switches, the page's password, its user. */
  private static final String ANSWERS =
      String.join("\n", "192.0.2.1", "", PASSWORD, "", "page $ecret", "", "");

  @TempDir private static Path shared;
  private static Path release;
  private static Path installed;
  private static String said;

  private final Path folder;
  private Namespace network;
  private DebianMachine machine;

  InstallerIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    Namespace.removeLeftovers();
    release = Release.unpack(Release.withRuntime(), shared);
    Path disk = Files.createDirectory(shared.resolve("disk"));
    try (Namespace alone = Namespace.make("install");
        DebianMachine clean = DebianMachine.boot(disk, alone, List.of(DebianMachine.base()))) {
      Path answers = Files.writeString(shared.resolve("answers"), ANSWERS);
      String install = clean.lend(release) + "/install.sh <" + clean.lend(answers);
      said = clean.sh("umask 077 && " + install + " 2>&1");
      installed = clean.changes();
    }
  }

  @BeforeEach
  void boot() throws InterruptedException {
    network = Namespace.make("installed");
    machine = DebianMachine.boot(folder, network, List.of(installed, DebianMachine.base()));
    Await.until("the service runs: " + machine.log(), STARTING, this::isActive);
  }

  @AfterEach
  void pullThePlug() {
    machine.close();
    network.close();
  }

  private Optional<String> isActive() {
    return Optional.of(machine.service("ActiveState")).filter("active"::equals);
  }

  @Test
  void itIsThereAfterTheNextBootWithFilesAndModesAsTheyShouldBe() {
    assertTrue(said.contains("runs at http://localhost:8000"), said);
    assertEquals("600 root:root", machine.sh("stat -c '%a %U:%G' /etc/mhs/mhs.env"));
    assertEquals("750 mhs:mhs", machine.sh("stat -c '%a %U:%G' /var/lib/mhs"));
    assertEquals("600 mhs:mhs", machine.sh("stat -c '%a %U:%G' /var/lib/mhs/mhs.db"));
    assertEquals("", machine.sh("find /opt/mhs ! -user root -o ! -type l -perm /022"));
    assertEquals("nologin", machine.sh("getent passwd mhs | sed 's|.*/||'"));
    assertEquals("/opt/mhs/current/bin/mhs", machine.sh("readlink /usr/local/bin/mhs"));
    assertEquals("", machine.sh("command -v java || :"), "it needs no Java of the machine");
    assertTrue(machine.sh("cat /proc/" + process() + "/maps").contains("/mhs.jsa"), "AppCDS");
    assertEquals("Status: 401", page("api/health", ""));
    assertEquals("Status: 200", page("api/health", PAGE));
    assertEquals("ROUTER_PASS=" + PASSWORD, variable("ROUTER_PASS"));
    assertTrue(
        machine.sh("mhs token create grafana --scope read").contains("mhs_"), "as the service");
    assertEquals("mhs:mhs", machine.sh("stat -c %U:%G /var/lib/mhs/tokens.json"));
  }

  @Test
  void itRunsAsItsUserWithTwoRightsInASandbox() throws IOException {
    String status = machine.sh("cat /proc/" + process() + "/status");

    assertTrue(status.matches("(?s).*CapEff:\\s+0000000000003000\n.*"), status);
    assertTrue(status.matches("(?s).*CapBnd:\\s+0000000000003000\n.*"), status);
    assertTrue(status.matches("(?s).*NoNewPrivs:\\s+1\n.*"), status);
    assertTrue(status.matches("(?s).*Seccomp:\\s+2\n.*"), status);
    assertEquals("mhs", machine.sh("stat -c %U /proc/" + process()));
    for (String place : List.of("/etc", "/usr", "/opt/mhs", "/var/log", "/home")) {
      Command.Result write = inTheSandbox("touch " + place + "/mhs-was-here");
      assertTrue(write.output().contains("Read-only file system"), place + write.output());
    }
    assertEquals(0, inTheSandbox("touch /var/lib/mhs/here /tmp/here").code());
    assertEquals("", machine.sh("ls /tmp/here 2>/dev/null || :"), "its /tmp is its own");
    assertEquals("", machine.sh("systemd-analyze verify /etc/systemd/system/mhs.service 2>&1"));
    String score =
        machine.sh(
            "systemd-analyze security --offline=true --no-pager /etc/systemd/system/mhs.service | tail -n 1");
    String figure = score.replaceFirst(".*: ([0-9.]+) .*", "$1");
    String documented =
        Files.readString(Path.of(System.getProperty("mhs.root"), "docs/operations.md"));
    assertTrue(documented.contains("**" + figure + "**"), score);
  }

  /** Runs a command with the service's view of the files, as root: what it may not, nobody may. */
  private Command.Result inTheSandbox(String code) {
    return machine.result("nsenter", "--target", process(), "--mount", "sh", "-c", code);
  }

  @Test
  void aHungMhsIsRestarted() throws InterruptedException {
    machine.sh(
        "mkdir /etc/systemd/system/mhs.service.d && printf '[Service]\\nWatchdogSec=6\\nTimeoutAbortSec=2\\n'"
            + " >/etc/systemd/system/mhs.service.d/test.conf && systemctl daemon-reload && systemctl restart mhs");
    String before = process();

    machine.sh("kill -STOP " + before);

    Await.until(
        "it was restarted",
        STARTING,
        () -> Optional.of(machine.service("NRestarts")).filter("1"::equals));
    Await.until("it runs again", STARTING, this::isActive);
    assertNotEquals(before, process());
  }

  @Test
  void fromACloneItIsBuiltByWhoseCloneItIs() throws IOException {
    Path clone = folder.resolve("a clone");
    BuiltClone.copySources(clone);
    Clone.program(
        clone.resolve("mhs"),
        """
        #!/bin/sh
        [ "$*" = 'package --archive' ] && cd "$(dirname "$0")" && mkdir -p dist/target/packages || exit 1
        echo "built by $(id -un)"
        cp /host/mhs-*.tar.gz dist/target/packages/
        """);
    machine.lend(Release.withRuntime());
    machine.lend(Release.folder().resolve("SHA256SUMS"));
    for (String command : Markdown.shell("docs/operations.md#install").get(2).commandsOfRoot()) {
      machine.sh("cd /host && " + named(command) + " 2>&1 </dev/null");
    }
    machine.sh("useradd builder && chown -R builder '" + machine.lend(clone) + "'");

    for (String section :
        List.of(
            "README.md#install-it-as-a-service",
            "docs/getting-started.md#keep-it-running",
            "docs/operations.md#install")) {
      String command = Markdown.shell(section).getFirst().commandsOfRoot().getFirst();
      String again =
          machine.sh("cd '/host/a clone' && SUDO_USER=builder " + command + " 2>&1 </dev/null");
      assertTrue(again.contains("built by builder"), again);
      assertTrue(again.contains("is installed already and runs"), again);
    }
  }

  /** Puts in what this release is called. */
  private static String named(String command) {
    String name = Release.withRuntime().getFileName().toString();
    return command
        .replace("mhs-VERSION-linux-ARCH.tar.gz", name)
        .replace("mhs-VERSION", release.getFileName().toString());
  }

  @Test
  void theServiceIsLookedAfterByTheCommandsOfTheDocuments() {
    for (String command :
        Markdown.shell("docs/operations.md#settings").getFirst().commandsOfRoot()) {
      Command.Result result = machine.result("sh", "-c", command);
      // There is no router for the doctor to find.
      assertEquals(command.contains("doctor") ? 1 : 0, result.code(), command + result.output());
    }
  }

  @Test
  void aBackupIsRestoredAfterEverythingWasLost() {
    List<Markdown.Block> blocks = Markdown.shell("docs/operations.md#backup-and-restore");
    machine.sh("mhs token create grafana --scope read");
    blocks.getFirst().commandsOfRoot().forEach(machine::sh);
    assertEquals("active", machine.service("ActiveState"));

    machine.sh(machine.lend(release) + "/uninstall.sh --purge");
    String unattended =
        Markdown.shell("docs/operations.md#install").get(1).commandsOfRoot().getFirst();
    machine.sh(
        unattended
            .replace("ROUTER_PASS=secret", "ROUTER_PASS='" + PASSWORD.replace("'", "'\\''") + "'")
            .replace("dist", "/host/" + release.getFileName()));
    assertEquals("ROUTER_PASS=" + PASSWORD, variable("ROUTER_PASS"));
    assertEquals("ROUTER_HOST=192.168.88.1", variable("ROUTER_HOST"));
    assertEquals("Status: 200", page("api/health", "admin:secret"));
    blocks.get(1).commandsOfRoot().forEach(machine::sh);

    assertEquals("Status: 401", page("api/health", "admin:secret"));
    assertEquals("Status: 200", page("api/health", PAGE));
    assertTrue(machine.sh("mhs token list").contains("grafana"), "tokens");
  }

  @Test
  void installedAgainNothingChanges() {
    String before = machine.sh("cat /etc/mhs/mhs.env | sha256sum; ls -l /opt/mhs") + process();

    String again = machine.sh(machine.lend(release) + "/install.sh 2>&1 </dev/null");

    assertTrue(again.contains("is installed already and runs at http://localhost:8000"), again);
    assertEquals(
        before, machine.sh("cat /etc/mhs/mhs.env | sha256sum; ls -l /opt/mhs") + process());
  }

  @Test
  void anUpgradeKeepsSettingsAndBringsThePreviousVersionsHistoryUpToDate()
      throws IOException, SQLException {
    Path old = folder.resolve("old.db");
    OldHistory.write(old);
    replaceHistory(old);

    String upgraded = machine.sh(machine.lend(version("9.1.0")) + "/install.sh 2>&1 </dev/null");

    assertTrue(upgraded.contains("MHS 9.1.0 runs (before: "), upgraded);
    assertEquals("9.1.0", machine.sh("mhs version"));
    assertEquals("Status: 200", page("api/health", PAGE));
    assertEquals(1, machine.sh("ls -d /opt/mhs/[0-9]*").lines().count(), "the old one is gone");
    machine.sh("systemctl stop mhs");
    Path now = history("/var/lib/mhs/mhs.db");
    assertTrue(OldHistory.version(now) > OldHistory.VERSION, "it was migrated");
    assertEquals(OldHistory.BYTES, OldHistory.bytes(now, "traffic_tick"));
    Path copy = history("/var/lib/mhs/before-upgrade/mhs.db");
    assertEquals(OldHistory.VERSION, OldHistory.version(copy));
    assertEquals(OldHistory.BYTES, OldHistory.bytes(copy, "traffic"));
  }

  @Test
  void aVersionThatDoesNotBecomeHealthyIsTakenBackWithWhatItDidToTheHistory()
      throws IOException, SQLException {
    Path old = folder.resolve("old.db");
    OldHistory.write(old);
    replaceHistory(old);
    machine.sh("systemctl start mhs && systemctl stop mhs");
    int version = OldHistory.version(history("/var/lib/mhs/mhs.db"));
    machine.sh("systemctl start mhs");
    Path worse = version("9.2.0");
    Clone.program(
        worse.resolve("bin/mhs"),
        """
        #!/bin/sh
        [ "$1" = run ] || exit 1
        echo 'something of a newer form' >/var/lib/mhs/mhs.db
        echo 'it goes wrong' >&2
        exit 1
        """);

    String install = machine.lend(worse) + "/install.sh --wait 15 </dev/null ";
    interruptedWhileStarting("KILL", install);
    assertTrue(machine.sh("readlink /opt/mhs/current").startsWith("9.2.0"), "as if by a power cut");
    String interrupted = interruptedWhileStarting("TERM", install);
    assertTrue(interrupted.contains("Interrupted."), interrupted);
    assertTrue(interrupted.contains("The version before is back"), interrupted);
    assertEquals("active", machine.service("ActiveState"));

    Command.Result failed = machine.result("sh", "-c", install + "2>&1");

    assertEquals(1, failed.code(), failed.output());
    assertTrue(failed.output().contains("it goes wrong"), failed.output());
    assertTrue(failed.output().contains("The version before is back"), failed.output());
    assertEquals(Files.readString(release.resolve("VERSION")).strip(), machine.sh("mhs version"));
    assertEquals("Status: 200", page("api/health", PAGE));
    machine.sh("systemctl stop mhs");
    Path now = history("/var/lib/mhs/mhs.db");
    assertEquals(version, OldHistory.version(now));
    assertEquals(OldHistory.BYTES, OldHistory.bytes(now, "traffic_tick"));
  }

  /** Sends a signal to an installer as soon as it has stopped what ran before. */
  private String interruptedWhileStarting(String signal, String install) {
    return machine.sh(
        install
            + ">/tmp/said 2>&1 & until grep -q Starting /tmp/said; do sleep 0.1; done;"
            + " kill -"
            + signal
            + " $!; wait $! || :; cat /tmp/said");
  }

  @Test
  void whereThereIsNoRoomNothingIsChanged() throws IOException, InterruptedException {
    String upgrade = machine.lend(version("9.1.0")) + "/install.sh </dev/null 2>&1";
    String before = machine.sh("mhs version");

    machine.sh("mount -t tmpfs -o size=100m none /opt/mhs");
    Command.Result full = machine.result("sh", "-c", upgrade);
    assertEquals(1, full.code());
    assertTrue(full.output().contains("MB free for /opt/mhs; MHS needs 400."), full.output());
    assertEquals("active", machine.service("ActiveState"));
    machine.sh("umount -l /opt/mhs");

    machine.sh(
        "systemctl stop mhs && cp -a /var/lib/mhs /root/data && mount -t tmpfs -o size=12m none /var/lib/mhs"
            + " && cp -a /root/data/. /var/lib/mhs && head -c 4M /dev/zero >/var/lib/mhs/else && systemctl start mhs");
    full = machine.result("sh", "-c", upgrade);
    assertEquals(1, full.code());
    assertTrue(full.output().contains("cannot be copied before the upgrade"), full.output());
    assertEquals(before, machine.sh("mhs version"));
    Await.until("it runs on", STARTING, this::isActive);
    assertEquals("Status: 200", page("api/health", PAGE));
  }

  @Test
  void aPortThatIsTakenIsToldAndNothingGoesOnInTheBackground() {
    machine.sh(machine.lend(release) + "/uninstall.sh");
    machine.sh("systemd-run --unit=other systemd-socket-activate -l 8000 /bin/cat");
    String install = "/host/" + release.getFileName() + "/install.sh </dev/null 2>&1";

    Command.Result taken = machine.result("sh", "-c", install + " --wait 8");

    assertEquals(1, taken.code(), taken.output());
    assertTrue(taken.output().contains("8000"), taken.output());
    assertTrue(taken.output().contains("Mend what is said above"), taken.output());
    assertEquals("inactive", machine.service("ActiveState"));
    assertEquals("disabled", machine.sh("systemctl is-enabled mhs || :"));
    machine.sh("systemctl stop other");
    assertTrue(machine.sh(install).contains("runs at http://localhost:8000"));
  }

  @Test
  void uninstalledItLeavesDataAndSettingsAndPurgedNothing() {
    machine.lend(release);
    List<String> commands = Markdown.shell("docs/operations.md#remove").getFirst().commandsOfRoot();
    String uninstall = commands.getFirst().replace("dist", "/host/" + release.getFileName());

    machine.sh(uninstall);

    assertEquals(
        "",
        machine.sh(
            "ls -d /opt/mhs /usr/local/bin/mhs /etc/systemd/system/mhs.service 2>/dev/null || :"));
    assertEquals("not-found", machine.service("LoadState"));
    assertEquals("", machine.sh("pgrep -u mhs || :"));
    machine.sh("test -f /etc/mhs/mhs.env && test -f /var/lib/mhs/mhs.db");
    machine.sh(uninstall); // once more is no mistake

    String back = machine.sh(machine.lend(release) + "/install.sh --unattended 2>&1 </dev/null");
    assertTrue(back.contains("runs at http://localhost:8000"), back);
    assertEquals("Status: 200", page("api/health", PAGE));

    machine.sh(commands.getLast().replace("dist", "/host/" + release.getFileName()));

    assertEquals("", machine.sh("getent passwd mhs || getent group mhs || :"));
    assertEquals(
        "",
        machine.sh(
            "find / -xdev \\( -path /host -o -path /tmp -o -path /var/tmp -o -path /proc \\) -prune -o -iname '*mhs*' -print"));
  }

  @Test
  void whereSystemdDoesNotRunFilesArePutInPlaceAndItSaysWhatToStart() {
    machine.sh(machine.lend(release) + "/uninstall.sh --purge");

    // An empty folder over that by which a running systemd is known (sd_booted(3)).
    String offline =
        machine.sh(
            "unshare --mount sh -euc 'umount -l /run/systemd 2>/dev/null || :; mount -t tmpfs none /run/systemd;"
                + " /host/"
                + release.getFileName()
                + "/install.sh --unattended' 2>&1 </dev/null");

    assertTrue(offline.contains("where it does: systemctl start mhs"), offline);
    machine.sh("systemctl daemon-reload && systemctl start mhs");
    assertEquals("enabled", machine.sh("systemctl is-enabled mhs"));
    assertEquals(
        "Status: 200", page("api/health", ""), "unattended, nobody is asked for a password");
    assertNotEquals("", machine.sh("grep ROUTER_HOST /etc/mhs/mhs.env"));
  }

  @Test
  void whatCannotBeInstalledIsSaidInOneSentence() throws IOException {
    Path junk = Files.writeString(folder.resolve("junk.tar.gz"), "no archive");
    String install = machine.lend(release) + "/install.sh";
    String lent = machine.lend(junk);
    for (List<String> each :
        List.of(
            List.of(" --archive", "--archive needs a value."),
            List.of(" --archive /nowhere", "There is no archive /nowhere."),
            List.of(" --archive " + lent, "no release archive that can be unpacked"),
            List.of(" --wait soon", "--wait takes a whole number of seconds"),
            List.of(" --fast", "\"--fast\" is no option"))) {
      Command.Result refused = machine.result("sh", "-c", install + each.getFirst());
      assertNotEquals(0, refused.code(), refused.output());
      assertTrue(refused.output().contains(each.getLast()), refused.output());
    }
    assertEquals("active", machine.service("ActiveState"));
  }

  /** Puts a history in the place of that which is there; the service is off then. */
  private void replaceHistory(Path file) {
    machine.sh(
        "systemctl stop mhs && rm -f /var/lib/mhs/mhs.db* && install -o mhs -g mhs -m 600 "
            + machine.lend(file)
            + " /var/lib/mhs/mhs.db");
  }

  /** Returns a copy of a history that rests; beside it lie what overlayfs notes as removed. */
  private Path history(String path) throws IOException {
    Path copy = Files.createTempDirectory(folder, "history").resolve("mhs.db");
    return Files.copy(machine.changed(path), copy);
  }

  /** Returns a release that differs in the version. */
  private Path version(String version) throws IOException {
    Path other = folder.resolve("mhs-" + version);
    Command.of("cp", "-R", release.toString(), other.toString()).run();
    Files.writeString(other.resolve("VERSION"), version + "\n");
    return other;
  }

  private String variable(String name) {
    return machine.sh("tr '\\0' '\\n' </proc/" + process() + "/environ | grep " + name);
  }

  private String process() {
    return machine.service("MainPID");
  }

  private String page(String path, String credentials) {
    return network
        .command("curl", "--silent", "--max-time", "10", "--output", "/dev/null")
        .with("--write-out", "Status: %{http_code}")
        .with("--user", credentials.isEmpty() ? "nobody:" : credentials)
        .with("http://localhost:8000/" + path)
        .run();
  }
}
