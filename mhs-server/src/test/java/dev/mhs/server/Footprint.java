package dev.mhs.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What this process holds.
 *
 * @param threads how many there are, the virtual ones included
 * @param heapBytes what is left when all garbage was collected
 */
record Footprint(int threads, long heapBytes) {
  private static final long LITTLE = 50_000; // bytes: once more would free no more

  private static final Pattern THREAD = Pattern.compile("\"tid\":");

  /**
   * Measures it.
   *
   * @param folder where a list of threads may be put for a moment
   */
  static Footprint now(Path folder) throws IOException {
    int threads = threads(folder);
    long before = Long.MAX_VALUE;
    long left = collected();
    while (left < before - LITTLE) {
      before = left;
      left = collected();
    }
    return new Footprint(threads, left);
  }

  private static long collected() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static int threads(Path folder) throws IOException {
    Path file = folder.resolve("threads.json");
    Files.deleteIfExists(file);
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
    return (int) THREAD.matcher(Files.readString(file)).results().count();
  }
}
