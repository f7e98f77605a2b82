package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.source.local.read.InterfaceCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterfaceChoiceTest {
  @TempDir Path folder;
  private FixtureTree tree;

  @BeforeEach
  void makeTree() {
    tree =
        new FixtureTree(folder)
            .link("lo", 772, "00:00:00:00:00:00", 0x9)
            .ethernet("eth0", "02:00:00:00:00:01", FixtureTree.UP)
            .ethernet("eth1", "02:00:00:00:00:02", FixtureTree.SWITCHED_OFF)
            .virtual("uplink", "02:00:00:00:00:03")
            .link("wg0", 65534, "", 0x91)
            .link("ppp0", 512, "", 0x10d1)
            .bridge("br0", "02:00:00:00:00:04", List.of("uplink"))
            .bridge("br1", "02:00:00:00:00:05", List.of())
            .bridge("docker0", "02:42:00:00:00:01", List.of());
  }

  private Set<String> watched(String... named) {
    return InterfaceChoice.watched(new InterfaceCatalog(tree.files()).read(), Set.of(named));
  }

  @Test
  void whateverHasNeighborsIsWatched() {
    assertEquals(Set.of("eth0", "uplink", "br0"), watched());
  }

  @Test
  void whatTheUserNamesIsWatchedWhateverItIs() {
    assertEquals(Set.of("wg0", "docker0"), watched("wg0", "docker0", "eth9"));
  }
}
