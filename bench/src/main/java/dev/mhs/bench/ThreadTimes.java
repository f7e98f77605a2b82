package dev.mhs.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The processor time of a process, to the nanosecond. What {@link ProcessCost} reads is sampled 100
 * times a second, and so hardly sees who works in short bursts.
 */
final class ThreadTimes {
  private ThreadTimes() {}

  /**
   * Returns the processor time that its threads have used so far, those that ended not included.
   *
   * @param pid the process
   */
  static Duration of(long pid) throws IOException {
    long nanos = 0;
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        nanos += nanos(thread.resolve("schedstat"));
      }
    }
    return Duration.ofNanos(nanos);
  }

  /**
   * Linux Documentation/scheduler/sched-stats.rst: the first is the time spent on the processor.
   */
  private static long nanos(Path file) throws IOException {
    try {
      return Long.parseLong(Files.readString(file).split(" ", 2)[0]);
    } catch (NoSuchFileException ended) {
      return 0;
    }
  }
}
