package dev.mhs.source.local.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessRunnerTest {
  private final ProcessRunner runner = new ProcessRunner(Duration.ofSeconds(20));

  @Test
  void whatIsPrintedIsReturned() throws InterruptedException {
    assertEquals(Optional.of("a b\n"), runner.run(List.of("/bin/sh", "-c", "echo a b")));
  }

  @Test
  void moreThanAPipeHoldsIsReturned() throws InterruptedException {
    var printed = runner.run(List.of("/bin/sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x"));

    assertEquals(300_000, printed.orElse("").length());
  }

  @Test
  void aProgramThatFailsGivesNothing() throws InterruptedException {
    assertEquals(Optional.empty(), runner.run(List.of("/bin/sh", "-c", "echo a; exit 3")));
  }

  @Test
  void aProgramThatIsNotThereGivesNothing() throws InterruptedException {
    assertEquals(Optional.empty(), runner.run(List.of("/does/not/exist")));
  }

  @Test
  void aProgramThatHangsIsEnded() throws InterruptedException {
    ProcessRunner impatient = new ProcessRunner(Duration.ofMillis(100));

    assertEquals(Optional.empty(), impatient.run(List.of("/bin/sh", "-c", "exec sleep 600")));
  }

  @Test
  void anInterruptPassesThrough() {
    Thread.currentThread().interrupt();

    assertThrows(
        InterruptedException.class, () -> runner.run(List.of("/bin/sh", "-c", "exec sleep 600")));
  }
}
