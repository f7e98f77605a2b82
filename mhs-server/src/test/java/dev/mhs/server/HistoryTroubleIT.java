package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on a disk of its own, of 2 MB, that becomes full or cannot be written. */
@Tag("netns")
class HistoryTroubleIT {
  private static final String NAME = "mhs-test";
  private static final String NEEDED = "file systems cannot be mounted: run as root";

  @TempDir private Path folder;
  private Path disk = Path.of("");

  @BeforeEach
  void mountDisk() throws IOException, InterruptedException {
    disk = Files.createDirectory(folder.resolve("data"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=2m", NAME, disk.toString());
    assertTrue(mounted || !"true".equals(System.getenv("CI")), NEEDED);
    assumeTrue(mounted, "SKIPPED: " + NEEDED);
  }

  @AfterEach
  void unmountDisk() throws IOException, InterruptedException {
    if (Files.getFileStore(disk).name().equals(NAME)) {
      assertTrue(run("umount", disk.toString()), "the disk is still in use");
    }
  }

  @Test
  void aDiskThatIsFullIsToldWhileTheLiveViewGoesOnAndRecordingResumes() throws Exception {
    try (TroubledServer server = TroubledServer.start(folder)) {
      fill();
      server.keepsNaming();

      server.assertTold("The disk that holds " + database() + " is full.");

      Files.delete(disk.resolve("junk"));
      server.assertResumes();
    }
    TroubledServer.assertKept(database());
  }

  @Test
  void aFileThatIsReadOnlyIsToldWhileTheLiveViewGoesOnAndRecordingResumes() throws Exception {
    TroubledServer.start(folder).close(); // so that there is a file
    String file = database().toString();
    assertTrue(run("mount", "--bind", file, file));
    try {
      assertTrue(run("mount", "-o", "remount,bind,ro", file));
      try (TroubledServer server = TroubledServer.start(folder)) {
        server.keepsNaming();

        server.assertTold(
            file + " cannot be written: it is read-only, or belongs to another user.");

        assertTrue(run("mount", "-o", "remount,bind,rw", file));
        server.assertResumes();
      }
    } finally {
      assertTrue(run("umount", file));
    }
    TroubledServer.assertKept(database());
  }

  private Path database() {
    return disk.resolve("mhs.db");
  }

  /** Writes until nothing more fits. */
  private void fill() {
    try (OutputStream junk = Files.newOutputStream(disk.resolve("junk"))) {
      byte[] block = new byte[512];
      for (int i = 0; i < 1 << 16; i++) {
        junk.write(block);
      }
      fail("the disk never became full");
    } catch (IOException full) {
      assertEquals("No space left on device", full.getMessage());
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean done = process.waitFor() == 0;
    if (!done) {
      System.err.println(String.join(" ", command) + ": " + said);
    }
    return done;
  }
}
