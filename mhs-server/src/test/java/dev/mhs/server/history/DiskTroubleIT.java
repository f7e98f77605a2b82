package dev.mhs.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mhs.core.history.HistoryState;
import dev.mhs.core.history.Retention;
import dev.mhs.core.history.Sample;
import dev.mhs.core.history.Series;
import dev.mhs.core.history.Subject;
import dev.mhs.core.history.Tick;
import dev.mhs.core.history.TrafficRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of its own, of 2 MB, that becomes full or cannot be written. */
@Tag("netns")
class DiskTroubleIT {
  private static final Instant START = SqliteHistoryTest.START;
  private static final String NAME = "mhs-test";
  private static final String NEEDED = "file systems cannot be mounted: run as root";

  @TempDir private Path folder;
  private Path disk = Path.of("");
  private int ticks;

  @BeforeEach
  void mountDisk() throws IOException, InterruptedException {
    disk = Files.createDirectory(folder.resolve("disk"));
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
  void aDiskThatBecomesFullIsToldAndHealsByItselfAndLosesNothing() throws IOException {
    try (SqliteHistory history = open()) {
      record(history);
      SqliteHistoryTest.awaitWritten(history);
      fill();
      while (history.state() instanceof HistoryState.Recording) {
        record(history);
        SqliteHistoryTest.await(
            () -> !history.hasWork() || history.state() instanceof HistoryState.Failing);
      }
      record(history);

      assertEquals(full(), history.state().trouble());
      assertEquals(ticks, bytes(history), "what waits is in the answer");

      Files.delete(disk.resolve("junk"));
      record(history);
      SqliteHistoryTest.awaitWritten(history);
      SqliteHistoryTest.await(() -> history.state() instanceof HistoryState.Recording);
    }
    try (SqliteHistory history = open()) {
      assertEquals(ticks, bytes(history), "all of it is in the file");
    }
  }

  @Test
  void aDiskThatIsFullAtTheStartIsToldUntilThereIsRoom() throws IOException {
    fill();
    try (SqliteHistory history = open()) {
      record(history);
      SqliteHistoryTest.await(() -> history.state() instanceof HistoryState.Failing);

      String trouble = String.valueOf(history.state().trouble());
      assertTrue(trouble.startsWith("The disk that holds " + disk.resolve("mhs.db")), trouble);
      assertInstanceOf(Series.Unreadable.class, series(history));

      Files.delete(disk.resolve("junk"));
      record(history);
      SqliteHistoryTest.awaitWritten(history);
      assertEquals(ticks, bytes(history));
    }
  }

  @Test
  void aFileThatIsReadOnlyIsReadAndWrittenAgainWhenItCanBe() throws Exception {
    String file = disk.resolve("mhs.db").toString();
    try (SqliteHistory history = open()) {
      record(history);
      SqliteHistoryTest.awaitWritten(history);
    }
    assertTrue(run("mount", "--bind", file, file));
    assertTrue(run("mount", "-o", "remount,bind,ro", file));
    try (SqliteHistory history = open()) {
      record(history);
      SqliteHistoryTest.await(() -> history.state() instanceof HistoryState.Failing);

      assertEquals(
          file + " cannot be written: it is read-only, or belongs to another user.",
          history.state().trouble());
      assertEquals(ticks, bytes(history), "what is in the file and what waits");

      assertTrue(run("mount", "-o", "remount,bind,rw", file));
      record(history);
      SqliteHistoryTest.awaitWritten(history);
      assertEquals(ticks, bytes(history));
    } finally {
      assertTrue(run("umount", file));
    }
    try (SqliteHistory history = open()) {
      assertEquals(ticks, bytes(history), "all of it is in the file");
    }
  }

  private String full() {
    return "The disk that holds " + disk.resolve("mhs.db") + " is full.";
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

  private void record(SqliteHistory history) {
    ticks++;
    Instant end = START.plusSeconds(ticks * 30L);
    history.record(
        new Tick(end, List.of(new TrafficRow(Subject.LINE, end, 1, 0, Duration.ofSeconds(30)))));
  }

  private SqliteHistory open() {
    return switch (SqliteHistory.open(disk, Retention.DEFAULT, ZoneOffset.UTC, () -> START)) {
      case SqliteHistory history -> history;
      case Refused refused -> fail(refused.sentence());
    };
  }

  private static Series series(SqliteHistory history) {
    return history.series(
        Subject.LINE, START, START.plus(Duration.ofDays(1)), Duration.ofSeconds(30), List.of());
  }

  private static long bytes(SqliteHistory history) {
    return assertInstanceOf(Series.Measured.class, series(history)).samples().stream()
        .mapToLong(Sample::downloadBytes)
        .sum();
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
