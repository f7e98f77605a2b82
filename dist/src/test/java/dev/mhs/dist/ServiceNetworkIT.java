package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The installed service, in its sandbox, on a home's network: it sweeps, and it counts in the
 * kernel, as it does without one.
 */
@Tag("netns")
@Tag("debian")
@ExtendWith({NeedsNamespaces.class, NeedsDebian.class})
class ServiceNetworkIT {
  private static final Duration DISCOVERY = Duration.ofSeconds(60);

  /** An address of documentation, RFC 5737: what is exchanged with it is the internet's. */
  private static final String INTERNET = "203.0.113.9";

  private final Path folder;

  ServiceNetworkIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theSandboxedServiceFindsWhoIsThereAndCountsInTheKernel()
      throws IOException, InterruptedException {
    Path release =
        Release.unpack(Release.withRuntime(), Files.createDirectory(folder.resolve("r")));
    Path disk = Files.createDirectory(folder.resolve("disk"));
    try (Home home = Home.build(folder)) {
      Member phone = home.join("phone");
      Member server = home.join("server");
      home.router().ip("address", "add", INTERNET + "/32", "dev", "lo");
      try (DebianMachine machine =
          DebianMachine.boot(disk, server.namespace(), List.of(DebianMachine.base()))) {
        machine.sh(machine.lend(release) + "/install.sh --unattended 2>&1 </dev/null");

        Await.until(
            "the phone, which never spoke to the server, is found",
            DISCOVERY,
            () -> Optional.of(get(server, "api/devices")).filter(all -> all.contains(phone.mac())));
        Await.until(
            "traffic with the internet is counted: " + get(server, "api/sources"),
            DISCOVERY,
            () -> counted(machine, server));
        assertEquals("mhs", machine.sh("stat -c %U /proc/" + machine.service("MainPID")));
        assertTrue(
            get(server, "api/sources").contains("is counted in the kernel (nftables)"),
            () -> get(server, "api/sources"));
        assertEquals("0", machine.service("NRestarts"), machine::log);
        machine.sh("systemctl stop mhs");
        assertEquals("", machine.sh("nft list tables"), "it takes its counters with it");

        machine.sh("echo 'MHS_LOCAL_COUNTING=\"pcap\"' >>/etc/mhs/mhs.env && systemctl start mhs");
        Await.until(
            "the same by capturing: " + get(server, "api/sources"),
            DISCOVERY,
            () -> captured(server));

        machine.sh("nft add table netdev mhs_limits");
        machine.sh("/opt/mhs/current/uninstall.sh");
        assertEquals("", machine.sh("nft list tables"), "limits go with the program");
      }
    }
  }

  /** Sends something, and looks whether the kernel has put it down to the server. */
  private static Optional<String> counted(DebianMachine machine, Member server) {
    server
        .namespace()
        .command("curl", "--silent", "--max-time", "2", "http://" + INTERNET)
        .result();
    return Optional.of(machine.sh("nft list ruleset"))
        .filter(rules -> rules.matches("(?s).*" + server.address() + " counter packets [1-9].*"));
  }

  /** Sends something, and looks whether the device's rate comes from packets that were captured. */
  private static Optional<String> captured(Member server) {
    server
        .namespace()
        .command("curl", "--silent", "--max-time", "2", "http://" + INTERNET)
        .result();
    return Optional.of(get(server, "api/devices"))
        .filter(all -> all.contains("\"rate_source\":\"local/pcap"));
  }

  private static String get(Member server, String path) {
    return server
        .namespace()
        .command("curl", "--silent", "--fail", "--max-time", "10", "http://localhost:8000/" + path)
        .run();
  }
}
