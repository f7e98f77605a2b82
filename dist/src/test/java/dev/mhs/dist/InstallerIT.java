package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.dist.InstalledDebian.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
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
  @TempDir private static Path shared;
  private static Disk disk;

  private final Path folder;
  private InstalledDebian debian;
  private DebianMachine machine;

  InstallerIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    disk = Disk.install(shared);
  }

  @BeforeEach
  void boot() throws InterruptedException {
    debian = InstalledDebian.boot(disk, folder);
    machine = debian.machine();
  }

  @AfterEach
  void pullThePlug() {
    debian.close();
  }

  @Test
  void itIsThereAfterTheNextBootWithFilesAndModesAsTheyShouldBe() {
    assertTrue(disk.said().contains("runs at http://localhost:8000"), disk.said());
    assertEquals("600 root:root", machine.sh("stat -c '%a %U:%G' /etc/mhs/mhs.env"));
    assertEquals("750 mhs:mhs", machine.sh("stat -c '%a %U:%G' /var/lib/mhs"));
    assertEquals("600 mhs:mhs", machine.sh("stat -c '%a %U:%G' /var/lib/mhs/mhs.db"));
    assertEquals("", machine.sh("find /opt/mhs ! -user root -o ! -type l -perm /022"));
    assertEquals("nologin", machine.sh("getent passwd mhs | sed 's|.*/||'"));
    assertEquals("/opt/mhs/current/bin/mhs", machine.sh("readlink /usr/local/bin/mhs"));
    assertEquals("", machine.sh("command -v java || :"), "it needs no Java of the machine");
    assertTrue(
        machine.sh("cat /proc/" + debian.process() + "/maps").contains("/mhs.jsa"), "AppCDS");
    assertEquals("Status: 401", debian.page("api/health", ""));
    assertEquals("Status: 200", debian.page("api/health", InstalledDebian.PAGE));
    assertEquals("ROUTER_PASS=" + InstalledDebian.PASSWORD, debian.variable("ROUTER_PASS"));
    assertTrue(
        machine.sh("mhs token create grafana --scope read").contains("mhs_"), "as the service");
    assertEquals("mhs:mhs", machine.sh("stat -c %U:%G /var/lib/mhs/tokens.json"));
  }

  @Test
  void itRunsAsItsUserWithTwoRightsInASandbox() throws IOException {
    String status = machine.sh("cat /proc/" + debian.process() + "/status");

    assertTrue(status.matches("(?s).*CapEff:\\s+0000000000003000\n.*"), status);
    assertTrue(status.matches("(?s).*CapBnd:\\s+0000000000003000\n.*"), status);
    assertTrue(status.matches("(?s).*NoNewPrivs:\\s+1\n.*"), status);
    assertTrue(status.matches("(?s).*Seccomp:\\s+2\n.*"), status);
    assertEquals("mhs", machine.sh("stat -c %U /proc/" + debian.process()));
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
    return machine.result("nsenter", "--target", debian.process(), "--mount", "sh", "-c", code);
  }

  @Test
  @Runs({
    "sha256sum --check --ignore-missing SHA256SUMS",
    "tar -xzf mhs-VERSION-linux-ARCH.tar.gz",
    "mhs-VERSION/install.sh",
    "dist/install.sh"
  })
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
        .replace("mhs-VERSION", disk.release().getFileName().toString());
  }

  @Test
  @Runs({
    "systemctl restart mhs",
    "mhs doctor",
    "mhs token list",
    "systemctl status mhs",
    "journalctl -u mhs"
  })
  void theServiceIsLookedAfterByTheCommandsOfTheDocuments() {
    for (String command :
        Markdown.shell("docs/operations.md#settings").getFirst().commandsOfRoot()) {
      Command.Result result = machine.result("sh", "-c", command);
      // There is no router for the doctor to find.
      assertEquals(command.contains("doctor") ? 1 : 0, result.code(), command + result.output());
    }
  }

  @Test
  @Runs({
    "systemctl stop mhs",
    "tar -C / --exclude=.cache -czf mhs-backup.tar.gz etc/mhs var/lib/mhs usr/local/share/mhs",
    "systemctl start mhs",
    "ROUTER_HOST=192.168.88.1 ROUTER_USER=mhs ROUTER_PASS=secret DASHBOARD_USER=admin DASHBOARD_PASS=secret dist/install.sh --unattended",
    "rm -f /var/lib/mhs/mhs.db*",
    "tar -C / -xzf mhs-backup.tar.gz",
    "chown -R mhs:mhs /var/lib/mhs"
  })
  void aBackupIsRestoredAfterEverythingWasLost() {
    List<Markdown.Block> blocks = Markdown.shell("docs/operations.md#backup-and-restore");
    machine.sh("mhs token create grafana --scope read");
    blocks.getFirst().commandsOfRoot().forEach(machine::sh);
    assertEquals("active", machine.service("ActiveState"));

    machine.sh(machine.lend(disk.release()) + "/uninstall.sh --purge");
    String unattended =
        Markdown.shell("docs/operations.md#install").get(1).commandsOfRoot().getFirst();
    machine.sh(
        unattended
            .replace(
                "ROUTER_PASS=secret",
                "ROUTER_PASS='" + InstalledDebian.PASSWORD.replace("'", "'\\''") + "'")
            .replace("dist", "/host/" + disk.release().getFileName()));
    assertEquals("ROUTER_PASS=" + InstalledDebian.PASSWORD, debian.variable("ROUTER_PASS"));
    assertEquals("ROUTER_HOST=192.168.88.1", debian.variable("ROUTER_HOST"));
    assertEquals("Status: 200", debian.page("api/health", "admin:secret"));
    blocks.get(1).commandsOfRoot().forEach(machine::sh);

    assertEquals("Status: 401", debian.page("api/health", "admin:secret"));
    assertEquals("Status: 200", debian.page("api/health", InstalledDebian.PAGE));
    assertTrue(machine.sh("mhs token list").contains("grafana"), "tokens");
  }

  @Test
  void installedAgainNothingChanges() {
    String before =
        machine.sh("cat /etc/mhs/mhs.env | sha256sum; ls -l /opt/mhs") + debian.process();

    String again = machine.sh(machine.lend(disk.release()) + "/install.sh 2>&1 </dev/null");

    assertTrue(again.contains("is installed already and runs at http://localhost:8000"), again);
    assertEquals(
        before, machine.sh("cat /etc/mhs/mhs.env | sha256sum; ls -l /opt/mhs") + debian.process());
  }

  @Test
  void anUpgradeKeepsSettingsAndBringsThePreviousVersionsHistoryUpToDate()
      throws IOException, SQLException {
    Path old = folder.resolve("old.db");
    OldHistory.write(old);
    debian.replaceHistory(old);

    String upgraded =
        machine.sh(machine.lend(debian.version("9.1.0")) + "/install.sh 2>&1 </dev/null");

    assertTrue(upgraded.contains("MHS 9.1.0 runs (before: "), upgraded);
    assertEquals("9.1.0", machine.sh("mhs version"));
    assertEquals("Status: 200", debian.page("api/health", InstalledDebian.PAGE));
    assertEquals(1, machine.sh("ls -d /opt/mhs/[0-9]*").lines().count(), "the old one is gone");
    machine.sh("systemctl stop mhs");
    Path now = debian.history("/var/lib/mhs/mhs.db");
    assertTrue(OldHistory.version(now) > OldHistory.VERSION, "it was migrated");
    assertEquals(OldHistory.BYTES, OldHistory.bytes(now, "traffic_tick"));
    Path copy = debian.history("/var/lib/mhs/before-upgrade/mhs.db");
    assertEquals(OldHistory.VERSION, OldHistory.version(copy));
    assertEquals(OldHistory.BYTES, OldHistory.bytes(copy, "traffic"));
  }

  @Test
  @Runs({"dist/uninstall.sh", "dist/uninstall.sh --purge"})
  void uninstalledItLeavesDataAndSettingsAndPurgedNothing() {
    machine.lend(disk.release());
    List<String> commands = Markdown.shell("docs/operations.md#remove").getFirst().commandsOfRoot();
    String uninstall = commands.getFirst().replace("dist", "/host/" + disk.release().getFileName());

    machine.sh(uninstall);

    assertEquals(
        "",
        machine.sh(
            "ls -d /opt/mhs /usr/local/bin/mhs /etc/systemd/system/mhs.service 2>/dev/null || :"));
    assertEquals("not-found", machine.service("LoadState"));
    assertEquals("", machine.sh("pgrep -u mhs || :"));
    machine.sh("test -f /etc/mhs/mhs.env && test -f /var/lib/mhs/mhs.db");
    machine.sh(uninstall); // once more is no mistake

    String back =
        machine.sh(machine.lend(disk.release()) + "/install.sh --unattended 2>&1 </dev/null");
    assertTrue(back.contains("runs at http://localhost:8000"), back);
    assertEquals("Status: 200", debian.page("api/health", InstalledDebian.PAGE));

    machine.sh(commands.getLast().replace("dist", "/host/" + disk.release().getFileName()));

    assertEquals("", machine.sh("getent passwd mhs || getent group mhs || :"));
    assertEquals(
        "",
        machine.sh(
            "find / -xdev \\( -path /host -o -path /tmp -o -path /var/tmp -o -path /proc \\) -prune -o -iname '*mhs*' -print"));
  }

  @Test
  void whereSystemdDoesNotRunFilesArePutInPlaceAndItSaysWhatToStart() {
    machine.sh(machine.lend(disk.release()) + "/uninstall.sh --purge");

    // An empty folder over that by which a running systemd is known (sd_booted(3)).
    String offline =
        machine.sh(
            "unshare --mount sh -euc 'umount -l /run/systemd 2>/dev/null || :; mount -t tmpfs none /run/systemd;"
                + " /host/"
                + disk.release().getFileName()
                + "/install.sh --unattended' 2>&1 </dev/null");

    assertTrue(offline.contains("where it does: systemctl start mhs"), offline);
    machine.sh("systemctl daemon-reload && systemctl start mhs");
    assertEquals("enabled", machine.sh("systemctl is-enabled mhs"));
    assertEquals(
        "Status: 200", debian.page("api/health", ""), "unattended, nobody is asked for a password");
    assertNotEquals("", machine.sh("grep ROUTER_HOST /etc/mhs/mhs.env"));
  }
}
