package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.dist.BuiltClone.Started;
import dev.mhs.dist.Markdown.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plugin guide, followed to the letter: its files are written where they say, its commands are
 * typed one after the other, and in the end MHS knows the device.
 */
@Tag("documents")
class PluginGuideIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final List<String> BEFORE_THE_START =
      List.of(
          "docs/plugin-guide.md#from-an-empty-folder-to-a-jar",
          "docs/plugin-guide.md#test-it",
          "docs/plugin-guide.md#drop-it-in");
  private static final String LAST = "docs/plugin-guide.md#drop-it-in";

  @Test
  @Runs({
    "mkdir -p my-plugin/src/example my-plugin/test/example my-plugin/classes/META-INF/services",
    "cd my-plugin",
    "kit=$HOME/mhs/dist/target/kit",
    "echo example.ListProvider >classes/META-INF/services/dev.mhs.core.spi.SourceProvider",
    "javac --release 21 -cp \"$kit/spi/*\" -d classes src/example/*.java",
    "jar --create --file list.jar -C classes .",
    "javac --release 21 -cp \"classes:$kit/spi/*:$kit/tck/*\" -d tests test/example/*.java",
    "java -cp \"tests:classes:$kit/spi/*:$kit/tck/*\" org.junit.platform.console.ConsoleLauncher execute --scan-class-path=tests",
    "mkdir -p ~/mhs/plugins/list",
    "cp list.jar ~/mhs/plugins/list/",
    "cd ~/mhs",
    "echo '00:00:5e:00:53:01 192.168.1.20 printer' >list.txt",
    "./mhs run",
    "curl http://localhost:8000/api/sources",
    "curl http://localhost:8000/api/devices"
  })
  void fromAnEmptyFolderToADeviceOnThePage(@TempDir Path home) throws Exception {
    Path mhs = Files.createDirectory(home.resolve("mhs"));
    BuiltClone.copySources(mhs);
    List<Block> last = Markdown.shell(LAST);
    try (BuiltClone clone = BuiltClone.in(mhs)) {
      String said = follow(home, guideUntil(last.get(1)));
      assertTrue(said.contains(" tests successful"), said);
      assertTrue(said.contains("[         0 tests failed"), said);

      try (Started started = clone.start(last.get(1).commands().getFirst())) {
        List<String> questions =
            last.get(2).commands().stream()
                .map(line -> line.replace("http://localhost:8000", started.address()))
                .toList();
        Await.until(
            "the source is open",
            SOON,
            () -> answer(clone, questions.getFirst(), "\"id\":\"list\"", "/plugins/list\""));
        Await.until(
            "the device is seen",
            SOON,
            () -> answer(clone, questions.getLast(), "\"hostname\":\"printer\"", "192.168.1.20"));
      }
    }
  }

  private static Optional<String> answer(BuiltClone clone, String command, String... wanted) {
    return Optional.of(clone.run(command))
        .filter(all -> List.of(wanted).stream().allMatch(all::contains));
  }

  /** Returns the guide up to a block as one script: its commands, and its files written. */
  private static String guideUntil(Block end) {
    return Markdown.of("docs/plugin-guide.md").blocks().stream()
        .filter(block -> BEFORE_THE_START.contains(block.section()))
        .takeWhile(block -> !block.equals(end))
        .map(block -> block.language().equals("sh") ? block.text() : written(block))
        .collect(Collectors.joining());
  }

  /** The first line of a file names it, behind the sign of a comment. */
  private static String written(Block block) {
    String name = block.lines().getFirst().replaceFirst("^(//|#) ", "");
    return "cat >" + name + " <<'END OF FILE'\n" + block.text() + "END OF FILE\n";
  }

  private static String follow(Path home, String script) throws IOException {
    String java = System.getProperty("java.home") + "/bin:" + System.getenv("PATH");
    return Command.of("env", "-i", "-C", home.toString(), "HOME=" + home, "PATH=" + java)
        .with("sh", Files.writeString(home.resolve("guide.sh"), "set -eu\n" + script).toString())
        .run();
  }
}
