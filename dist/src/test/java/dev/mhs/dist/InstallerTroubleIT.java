package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.dist.InstalledDebian.Disk;
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

/** What may go wrong with {@code install.sh} and with what it installed, and how that ends. */
@Tag("netns")
@Tag("debian")
@ExtendWith(NeedsDebian.class)
class InstallerTroubleIT {
  private static final Duration STARTING = Duration.ofSeconds(60);

  @TempDir private static Path shared;
  private static Disk disk;

  private final Path folder;
  private InstalledDebian debian;
  private DebianMachine machine;

  InstallerTroubleIT(@TempDir Path folder) {
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
  void aHungMhsIsRestarted() throws InterruptedException {
    machine.sh(
        "mkdir /etc/systemd/system/mhs.service.d && printf '[Service]\\nWatchdogSec=6\\nTimeoutAbortSec=2\\n'"
            + " >/etc/systemd/system/mhs.service.d/test.conf && systemctl daemon-reload && systemctl restart mhs");
    String before = debian.process();

    machine.sh("kill -STOP " + before);

    Await.until(
        "it was restarted",
        STARTING,
        () -> Optional.of(machine.service("NRestarts")).filter("1"::equals));
    Await.until("it runs again", STARTING, debian::isActive);
    assertNotEquals(before, debian.process());
  }

  @Test
  void aVersionThatDoesNotBecomeHealthyIsTakenBackWithWhatItDidToTheHistory()
      throws IOException, SQLException {
    Path old = folder.resolve("old.db");
    OldHistory.write(old);
    debian.replaceHistory(old);
    machine.sh("systemctl start mhs && systemctl stop mhs");
    int version = OldHistory.version(debian.history("/var/lib/mhs/mhs.db"));
    machine.sh("systemctl start mhs");
    Path worse = debian.version("9.2.0");
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
    assertEquals(
        Files.readString(disk.release().resolve("VERSION")).strip(), machine.sh("mhs version"));
    assertEquals("Status: 200", debian.page("api/health", InstalledDebian.PAGE));
    machine.sh("systemctl stop mhs");
    Path now = debian.history("/var/lib/mhs/mhs.db");
    assertEquals(version, OldHistory.version(now));
    assertEquals(OldHistory.BYTES, OldHistory.bytes(now, "traffic_tick"));
  }

  /** Sends a signal to an installer as soon as it has stopped what ran before. */
  private String interruptedWhileStarting(String signal, String install) {
    return machine.sh(
        "rm -f /tmp/said; " // or what an earlier one said would do
            + install
            + ">/tmp/said 2>&1 & until grep -qs Starting /tmp/said; do sleep 0.1; done;"
            + " kill -"
            + signal
            + " $!; wait $! || :; cat /tmp/said");
  }

  @Test
  void whereThereIsNoRoomNothingIsChanged() throws IOException, InterruptedException {
    String upgrade = machine.lend(debian.version("9.1.0")) + "/install.sh </dev/null 2>&1";
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
    Await.until("it runs on", STARTING, debian::isActive);
    assertEquals("Status: 200", debian.page("api/health", InstalledDebian.PAGE));
  }

  @Test
  void aPortThatIsTakenIsToldAndNothingGoesOnInTheBackground() {
    machine.sh(machine.lend(disk.release()) + "/uninstall.sh");
    machine.sh("systemd-run --unit=other systemd-socket-activate -l 8000 /bin/cat");
    String install = "/host/" + disk.release().getFileName() + "/install.sh </dev/null 2>&1";

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
  void whatCannotBeInstalledIsSaidInOneSentence() throws IOException {
    Path junk = Files.writeString(folder.resolve("junk.tar.gz"), "no archive");
    String install = machine.lend(disk.release()) + "/install.sh";
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
}
