package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The home itself: without it, what MHS says about it proves nothing. */
@Tag("netns")
@ExtendWith(NeedsNamespaces.class)
class HomeIT {
  private final Path folder;

  HomeIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everyMemberGetsALeaseAndAName() throws Exception {
    List<String> names = List.of("nas", "laptop", "phone", "tv", "printer");

    try (Home home = Home.build(folder)) {
      Set<String> addresses = new HashSet<>();
      for (String name : names) {
        Member member = home.join(name);
        addresses.add(member.address());
        String answer = member.namespace().command("getent", "hosts", member.address()).run();
        assertTrue(answer.contains(name + "." + Home.DOMAIN), answer);
        assertTrue(
            home.leases().stream()
                .anyMatch(
                    lease -> lease.contains(member.mac()) && lease.contains(" " + name + " ")),
            () -> name + " is not among " + home.leases());
      }
      assertEquals(names.size(), addresses.size());
    }
  }

  @Test
  void trafficIsSentAtTheRateThatWasAskedFor() throws Exception {
    try (Home home = Home.build(folder)) {
      Member nas = home.join("nas");
      Member laptop = home.join("laptop");
      long before = rxBytes(nas);

      Traffic sent = Traffic.start(folder, laptop, nas, 8_000_000, Duration.ofSeconds(2)).sent();

      // The control connection of iperf3 adds a few kilobytes.
      assertEquals(2_000_000.0, (double) sent.payloadBytes(), 100_000.0);
      assertEquals((double) sent.interfaceBytes(), (double) (rxBytes(nas) - before), 40_000.0);
    }
  }

  @Test
  void aMemberThatLeftDoesNotAnswer() throws Exception {
    try (Home home = Home.build(folder)) {
      Member nas = home.join("nas");
      // Nothing listens there: who is in refuses, who has left is silent.
      Command knock =
          home.router().command("curl", "-sv", "-m", "5", "http://" + nas.address() + ":9/");
      assertTrue(knock.result().output().contains("refused"), knock.result().output());

      nas.leave();

      assertFalse(knock.result().output().contains("refused"), knock.result().output());
    }
  }

  @Test
  void closingItLeavesNothing() throws Exception {
    long self = ProcessHandle.current().pid();
    try (Home home = Home.build(folder)) {
      home.join("nas");
      assertTrue(Namespace.names(maker -> maker == self).iterator().hasNext());
    }

    assertFalse(Namespace.names(maker -> maker == self).iterator().hasNext());
  }

  @Test
  void whatACrashedRunLeftIsRemoved() throws Exception {
    // It lives for now: the tests of another JVM would remove what a dead one left.
    Process crashed = Command.of("sleep", "60").start(folder.resolve("log"), Map.of());
    String name = "mhs-lab-" + crashed.pid() + "-1-router";
    Command.of("ip", "netns", "add", name).run();
    Process left =
        Command.of("ip", "netns", "exec", name, "sleep", "60")
            .start(folder.resolve("log"), Map.of());
    Await.until(
        "the sleeper is inside",
        Duration.ofSeconds(5),
        () ->
            Optional.of(Command.of("ip", "netns", "pids", name).run())
                .filter(pids -> pids.contains(Long.toString(left.pid()))));

    crashed.destroyForcibly().waitFor();
    Namespace.removeLeftovers();

    assertFalse(left.isAlive());
    assertFalse(Command.of("ip", "netns", "list").run().contains(name));
    assertFalse(Files.exists(Path.of("/etc/netns", name)));
  }

  private static long rxBytes(Member member) {
    String counter = "/sys/class/net/eth0/statistics/rx_bytes";
    return Long.parseLong(member.namespace().command("cat", counter).run().strip());
  }
}
