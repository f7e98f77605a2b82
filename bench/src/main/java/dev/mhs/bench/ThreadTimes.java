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
   * Returns the processor time that the kernel has used so far to deliver packets whose senders
   * were not charged with it; nothing where its threads cannot be seen.
   */
  static Duration ofDelivery() throws IOException {
    long nanos = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path each : all) {
        if (isDelivery(each)) {
          nanos += nanos(each.resolve("schedstat"));
        }
      }
    }
    return Duration.ofNanos(nanos);
  }

  private static boolean isDelivery(Path process) throws IOException {
    try {
      return Files.readString(process.resolve("comm")).startsWith("ksoftirqd/");
    } catch (NoSuchFileException ended) {
      return false;
    }
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
