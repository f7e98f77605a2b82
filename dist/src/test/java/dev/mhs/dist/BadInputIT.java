package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What keeps MHS from starting is one sentence on the standard error, which says what, where and
 * what instead; and whatever a source does, MHS ends when it is told to.
 */
class BadInputIT {
  private static final Duration START = Duration.ofSeconds(15);
  private static final String LOOPBACK = "127.0.0.1";

  private final Path folder;

  BadInputIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void anUnknownKeyIsNamedWithItsLineAndTheOneThatWasMeant() throws Exception {
    Files.writeString(folder.resolve("mhs.yaml"), "# mine\nserver:\n  prot: 9000\n");

    assertRefused(Map.of(), "mhs.yaml, line 3", "\"server.prot\"", "server.port");
  }

  @Test
  void aPortThatIsNoneIsNamedWithWhatIsAllowed() throws Exception {
    assertRefused(
        Map.of("APP_PORT", "99999"), "server.port", "99999", "variable APP_PORT", "65535");
  }

  @Test
  void aHostWithASpaceIsNamed() throws Exception {
    assertRefused(
        Map.of("ROUTER_HOST", "exa mple"), "router.host", "exa mple", "variable ROUTER_HOST");
  }

  @Test
  void aVariableOfOursThatDoesNotExistIsNamed() throws Exception {
    assertRefused(Map.of("MHS_SERVER_PROT", "9000"), "MHS_SERVER_PROT", "MHS_SERVER_PORT");
  }

  @Test
  void aFileThatIsNoYamlIsNamedWithTheLine() throws Exception {
    Files.writeString(folder.resolve("mhs.yaml"), "server:\n  port: [8000\nlocal: {}\n");

    assertRefused(Map.of(), "mhs.yaml, line", "is not YAML");
  }

  @Test
  void aDataFolderThatIsAFileIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertRefused(
        Map.of("MHS_DATA_DIR", file.toString()), "data.dir", file.toString(), "not a folder");
  }

  @Test
  void aPortThatAnotherProgramHasIsNamed() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());

      assertRefused(Map.of("APP_PORT", port), "Port " + port, LOOPBACK, "another program");
    }
  }

  @Test
  void aHistoryOfANewerMhsIsLeftAlone() throws Exception {
    Path database = Files.createDirectories(folder.resolve("data")).resolve("mhs.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE tomorrow(what TEXT)");
      statement.execute("PRAGMA user_version = 999");
    }
    byte[] before = Files.readAllBytes(database);

    assertRefused(Map.of(), database.toString(), "newer MHS", "999");
    assertEquals(-1, Files.mismatch(database, Files.write(folder.resolve("copy"), before)));
  }

  @Test
  void severalMistakesAreToldAtOnceInASentenceEach() throws Exception {
    MhsProcess.Ending ending =
        MhsProcess.refused(folder, Map.of("APP_PORT", "99999", "MHS_LOCAL_SCAN", "sometimes"));

    assertEquals(1, ending.code());
    assertEquals(2, ending.err().size(), ending.err()::toString);
  }

  @Test
  void aSourceThatHangsForEverKeepsMhsFromNothing() throws Exception {
    PluginJar.drop(folder.resolve("plugins"), "example.hanging.HangingProvider");
    Path marker = folder.resolve("hangs");
    Map<String, String> settings = Map.of("MHS_SOURCES_HANGING_MARKER", marker.toString());
    try (MhsProcess mhs = MhsProcess.start(folder, settings)) {
      Await.until("it hangs", START, () -> Optional.of(marker).filter(Files::exists));
      Await.until(
          "local answers all the same",
          START,
          () -> Optional.of(mhs.json("/api/health")).filter(health -> health.getBoolean("ok")));

      MhsProcess.Ending ending = mhs.stop();

      assertEquals(143, ending.code());
      assertFalse(String.join("\n", ending.err()).contains("\tat "), ending.err()::toString);
    }
  }

  private void assertRefused(Map<String, String> settings, String... named)
      throws InterruptedException {
    MhsProcess.Ending ending = MhsProcess.refused(folder, settings);

    assertEquals(1, ending.code(), ending::toString);
    assertEquals("", ending.out());
    assertEquals(1, ending.err().size(), ending.err()::toString);
    String sentence = ending.err().getFirst();
    assertTrue(sentence.endsWith(".") || sentence.endsWith("?"), sentence);
    for (String each : List.of(named)) {
      assertTrue(sentence.contains(each), () -> "no " + each + " in: " + sentence);
    }
  }
}
