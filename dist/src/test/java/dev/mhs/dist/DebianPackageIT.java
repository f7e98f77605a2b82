package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package on a clean Debian that has a systemd and Debian's own Java. */
@Tag("netns")
@Tag("debian")
@ExtendWith(NeedsDebian.class)
class DebianPackageIT {
  private static final String LAST = "9.9.0";

  private final Path folder;

  DebianPackageIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void lintianFindsNoError() {
    Command.Result examined =
        Command.of("lintian", "--fail-on", "error", Release.file(".deb").toString()).result();

    assertEquals(0, examined.code(), examined.output());
  }

  @Test
  @Runs({
    "apt install ./mhs_VERSION_all.deb",
    "systemctl stop mhs",
    "apt install --allow-downgrades ./mhs_OLDER_all.deb",
    "sh -c 'rm -f /var/lib/mhs/mhs.db* && cp -p /var/lib/mhs/before-upgrade/mhs.db* /var/lib/mhs/'",
    "systemctl start mhs",
    "apt remove mhs",
    "apt purge mhs"
  })
  void itIsInstalledUpgradedRemovedAndPurged() throws IOException, InterruptedException {
    Path newer = newer();
    Namespace.removeLeftovers();
    try (Namespace network = Namespace.make("debian");
        DebianMachine machine =
            DebianMachine.boot(
                folder, network, List.of(DebianMachine.java(), DebianMachine.base()))) {
      // Here it is not asked whether it may go on.
      machine.sh("echo 'APT::Get::Assume-Yes \"true\";' >/etc/apt/apt.conf.d/90yes");
      machine.lend(Release.file(".deb"));
      machine.sh("cd /host && mv mhs_*.deb mhs_OLDER_all.deb && cp mhs_*.deb mhs_VERSION_all.deb");
      machine.sh("mkdir -p /opt/mhs/current");
      Command.Result refused = machine.result("dpkg", "-i", "/host/mhs_VERSION_all.deb");
      assertTrue(refused.output().contains("/opt/mhs/current/uninstall.sh"), refused.output());
      machine.sh("dpkg --purge mhs 2>&1; rm -r /opt/mhs");
      String installed = documented(machine, "docs/operations.md#install", 3);

      assertEquals("active", machine.service("ActiveState"), () -> installed + machine.log());
      assertEquals("enabled", machine.sh("systemctl is-enabled mhs"));
      assertEquals("600 root:root", machine.sh("stat -c '%a %U:%G' /etc/mhs/mhs.env"));
      assertEquals("mhs", machine.sh("stat -c %U /proc/" + machine.service("MainPID")));
      String maps = machine.sh("cat /proc/" + machine.service("MainPID") + "/maps");
      assertTrue(maps.contains("/var/cache/mhs/mhs.jsa"), "AppCDS");
      assertEquals("", machine.sh("systemd-analyze verify mhs.service 2>&1"));
      assertEquals("", machine.sh("dpkg --verify mhs"));
      refusesTheInstaller(machine);

      machine.sh("echo 'APP_PORT=\"8001\"' >>/etc/mhs/mhs.env");
      machine.sh("dpkg -i " + machine.lend(newer) + " 2>&1");

      assertEquals(LAST, machine.sh("mhs version"));
      assertEquals("MHS is at http://localhost:8001", machine.service("StatusText"), "conffile");
      machine.sh("test -f /var/lib/mhs/before-upgrade/mhs.db");

      documented(machine, "docs/operations.md#upgrade", 0);

      assertNotEquals(LAST, machine.sh("mhs version"));
      assertEquals("active", machine.service("ActiveState"), machine::log);

      List<String> last = Markdown.shell("docs/operations.md#remove").getLast().commandsOfRoot();
      machine.sh(last.getFirst() + " 2>&1");

      assertEquals("", machine.sh("pgrep -u mhs || :"));
      machine.sh("test -f /etc/mhs/mhs.env && test -f /var/lib/mhs/mhs.db");
      assertEquals("", machine.sh("ls -d /usr/share/mhs /usr/bin/mhs 2>/dev/null || :"));

      machine.sh(last.getLast() + " 2>&1");

      assertEquals("", machine.sh("ls -d /etc/mhs /var/lib/mhs /var/cache/mhs 2>/dev/null || :"));
    }
  }

  /** Types the commands of a document where the packages lie. */
  private static String documented(DebianMachine machine, String section, int block) {
    StringBuilder said = new StringBuilder();
    for (String command : Markdown.shell(section).get(block).commandsOfRoot()) {
      said.append(machine.sh("cd /host && " + command + " 2>&1"));
    }
    return said.toString();
  }

  private static void refusesTheInstaller(DebianMachine machine) {
    Path release = Path.of(System.getProperty("mhs.root"), "dist/src/main/sh");
    machine.lend(release);
    machine.lend(release.resolveSibling("../../install.sh").normalize());
    Command.Result refused =
        machine.result(
            "sh",
            "-c",
            "mkdir -p /tmp/d/src/main && cp -R /host/sh /tmp/d/src/main/ && cp /host/install.sh /tmp/d/"
                + " && /tmp/d/install.sh");

    assertEquals(1, refused.code(), refused.output());
    assertTrue(
        refused.output().contains("was installed here as a Debian package"), refused.output());
  }

  /** The same program as a later version. */
  private Path newer() throws IOException {
    Path parts = folder.resolve("parts");
    Command.of("dpkg-deb", "-R", Release.file(".deb").toString(), parts.toString()).run();
    Path control = parts.resolve("DEBIAN/control");
    Files.writeString(
        control, Files.readString(control).replaceFirst("Version: \\S+", "Version: " + LAST));
    Files.writeString(parts.resolve("usr/share/mhs/VERSION"), LAST + "\n");
    Path sums = parts.resolve("DEBIAN/md5sums");
    Files.write(
        sums,
        Files.readAllLines(sums).stream().filter(line -> !line.endsWith("/VERSION")).toList());
    Path built = folder.resolve("newer.deb");
    Command.of("dpkg-deb", "--root-owner-group", "-Znone", "-b", parts.toString(), built.toString())
        .run();
    return built;
  }
}
