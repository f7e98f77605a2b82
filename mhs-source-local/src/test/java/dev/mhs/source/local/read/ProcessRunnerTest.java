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
    assertEquals(new Outcome.Printed("a b\n"), runner.run(List.of("/bin/sh", "-c", "echo a b")));
  }

  @Test
  void moreThanAPipeHoldsIsReturned() throws InterruptedException {
    var printed = runner.run(List.of("/bin/sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x"));

    assertEquals(300_000, printed.printed().orElse("").length());
  }

  @Test
  void aProgramThatFailsGivesItsReason() throws InterruptedException {
    assertEquals(
        new Outcome.Failed("exit code 3"), runner.run(List.of("/bin/sh", "-c", "echo a; exit 3")));
    assertEquals(
        new Outcome.Failed("not permitted"),
        runner.run(List.of("/bin/sh", "-c", "echo; echo not permitted >&2; echo b >&2; exit 1")));
  }

  @Test
  void aProgramThatIsNotThereGivesNothing() throws InterruptedException {
    assertEquals(Optional.empty(), runner.run(List.of("/does/not/exist")).printed());
  }

  @Test
  void aProgramThatHangsIsEnded() throws InterruptedException {
    ProcessRunner impatient = new ProcessRunner(Duration.ofMillis(100));

    assertEquals(
        new Outcome.Failed("no answer within 100 ms"),
        impatient.run(List.of("/bin/sh", "-c", "exec sleep 600")));
  }

  @Test
  void anInterruptPassesThrough() {
    Thread.currentThread().interrupt();

    assertThrows(
        InterruptedException.class, () -> runner.run(List.of("/bin/sh", "-c", "exec sleep 600")));
  }
}
