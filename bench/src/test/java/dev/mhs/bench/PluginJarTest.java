package dev.mhs.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.core.plugin.FoundProvider;
import dev.mhs.core.plugin.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginJarTest {
  @TempDir Path folder;

  @Test
  void theHouseholdIsFoundAsAPluginOfItsOwn() throws IOException {
    Path plugin = Files.createDirectory(folder.resolve("household"));
    PluginJar.write(plugin.resolve("household.jar"));

    try (Providers providers = Providers.load(folder)) {
      assertEquals(List.of(), providers.problems());
      List<FoundProvider> dropped =
          providers.found().stream()
              .filter(found -> !found.origin().equals(FoundProvider.BUILT_IN))
              .toList();
      assertEquals(List.of("household"), dropped.stream().map(FoundProvider::type).toList());
      assertEquals(plugin.toString(), dropped.getFirst().origin());
    }
  }
}
