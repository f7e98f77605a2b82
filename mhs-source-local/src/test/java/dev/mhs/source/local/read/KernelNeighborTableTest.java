package dev.mhs.source.local.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.source.local.FixtureTree;
import dev.mhs.source.local.parse.Captured;
import dev.mhs.source.local.read.NeighborTable.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelNeighborTableTest {
  @TempDir Path folder;
  private FixtureTree tree;
  private final List<List<String>> commands = new ArrayList<>();

  @BeforeEach
  void makeTree() {
    tree = new FixtureTree(folder).file("proc/net/arp", Captured.ARP);
  }

  private NeighborTable.Reading read(CommandRunner runner) throws InterruptedException {
    CommandRunner noting =
        command -> {
          commands.add(command);
          return runner.run(command);
        };
    return new KernelNeighborTable(
            List.of(tree.path("usr/sbin"), tree.path("sbin")), noting, tree.files())
        .read();
  }

  private void installIp() {
    tree.file("sbin/ip", "#!/bin/sh\n");
    assertTrue(tree.path("sbin/ip").toFile().setExecutable(true));
  }

  @Test
  void ipTellsAges() throws InterruptedException {
    installIp();

    var reading = read(command -> new Outcome.Printed(Captured.IP_WITH_AGES));

    assertEquals(Origin.IP_WITH_AGES, reading.origin());
    assertNotNull(reading.entries().getFirst().ages());
    assertEquals(
        List.of(List.of(tree.path("sbin/ip").toString(), "-s", "neigh", "show")), commands);
  }

  @Test
  void anIpThatKnowsNoAgesIsAskedWithout() throws InterruptedException {
    installIp();

    var reading =
        read(
            command ->
                command.contains("-s")
                    ? new Outcome.Failed("no")
                    : new Outcome.Printed(Captured.BUSYBOX));

    assertEquals(Origin.IP, reading.origin());
    assertEquals(2, reading.entries().size());
    assertNull(reading.entries().getFirst().ages());
  }

  @Test
  void withoutIpTheProcTableIsRead() throws InterruptedException {
    var reading = read(command -> new Outcome.Printed(Captured.IP_WITH_AGES));

    assertEquals(Origin.PROC, reading.origin());
    assertEquals(4, reading.entries().size());
    assertEquals(List.of(), commands);
  }

  @Test
  void anIpThatFailsIsNotReliedUpon() throws InterruptedException {
    installIp();

    assertEquals(Origin.PROC, read(command -> new Outcome.Failed("no")).origin());
  }

  @Test
  void withNothingToReadThereIsNothing() throws InterruptedException {
    tree.remove("proc/net");

    assertEquals(Origin.NOTHING, read(command -> new Outcome.Failed("no")).origin());
  }
}
