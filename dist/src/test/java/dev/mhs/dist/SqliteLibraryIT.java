package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.OSInfo;

/**
 * SQLite's library lies beside the program, and is unpacked from its jar only where it does not.
 */
class SqliteLibraryIT {
  private static final String FILE = "/libsqlitejdbc.so";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String NATIVES = "org/sqlite/native/";

  private final Path folder;
  private final Path temporary;

  SqliteLibraryIT(@TempDir Path folder) {
    this.folder = folder;
    temporary = folder.resolve("temporary");
  }

  @BeforeEach
  void makeTheTemporaryFolder() throws IOException {
    Files.createDirectories(temporary);
  }

  @Test
  void withARuntimeTheOneOfItsMachineComesAndNothingIsUnpacked() throws Exception {
    Path release = unpack(Release.withRuntime());

    assertEquals(Set.of(), natives(jar(release)));
    assertArrayEquals(originalOfThisMachine(), Files.readAllBytes(library(release)));
    assertRunsWith(release, library(release));
    assertEquals(List.of(), unpacked());
  }

  @Test
  void withoutARuntimeThoseOfEveryLinuxCome() throws IOException {
    Set<String> ofLinux =
        natives(jar(MhsProcess.IMAGE)).stream()
            .filter(name -> name.startsWith(NATIVES + "Linux"))
            .collect(Collectors.toSet());

    assertEquals(ofLinux, natives(jar(unpack(Release.withoutRuntime()))));
    assertTrue(ofLinux.contains(NATIVES + "Linux/aarch64" + FILE), ofLinux::toString);
  }

  @Test
  void withoutARuntimeItIsUnpackedUntilTrainingHasPutItBesideTheProgram() throws Exception {
    Path release = unpack(Release.withoutRuntime());
    assertFalse(Files.exists(library(release)));
    assertRunsWith(release, temporary);

    Command.of("env", "MHS_JAVA_HOME=" + System.getProperty("java.home"))
        .with(release.resolve("bin/mhs").toString(), "train")
        .run();

    assertArrayEquals(originalOfThisMachine(), Files.readAllBytes(library(release)));
    assertRunsWith(release, library(release));
    assertEquals(List.of(), unpacked());
  }

  /** Starts it, sees that its history is kept, and that the library comes from a place. */
  private void assertRunsWith(Path release, Path place) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("MHS_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    settings.put("MHS_LOCAL_ENABLED", "false");
    if (!Files.exists(release.resolve("runtime"))) {
      settings.put("MHS_JAVA_HOME", System.getProperty("java.home"));
    }
    try (MhsProcess mhs = MhsProcess.start(release, folder, settings)) {
      String mapped =
          Await.until(
              "SQLite's library is loaded",
              SOON,
              () -> mhs.maps().lines().filter(line -> line.contains("sqlitejdbc")).findFirst());
      assertTrue(mapped.contains(place.toString()), mapped);
      assertTrue(mhs.json("/api/health").isNull("history_trouble"));
      mhs.stop();
    }
  }

  /** What of SQLite lies in the temporary folder. */
  private List<String> unpacked() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains("sqlite"))
          .toList();
    }
  }

  private Path unpack(Path archive) throws IOException {
    return Release.unpack(archive, Files.createDirectory(folder.resolve("unpacked")));
  }

  private static Path library(Path release) {
    String jar = jar(release).getFileName().toString();
    return Path.of(release.resolve(jar.replace(".jar", "")) + FILE);
  }

  private static Path jar(Path release) {
    try (Stream<Path> jars = Files.list(release.resolve("lib"))) {
      return jars.filter(file -> file.getFileName().toString().startsWith("sqlite-jdbc-"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> natives(Path jar) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      return file.stream()
          .filter(Predicate.not(ZipEntry::isDirectory))
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith(NATIVES))
          .collect(Collectors.toSet());
    }
  }

  private static byte[] originalOfThisMachine() throws IOException {
    try (ZipFile file = new ZipFile(jar(MhsProcess.IMAGE).toFile())) {
      String name = NATIVES + OSInfo.getNativeLibFolderPathForCurrentOS() + FILE;
      return file.getInputStream(file.getEntry(name)).readAllBytes();
    }
  }
}
