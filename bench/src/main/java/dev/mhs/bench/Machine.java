package dev.mhs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the figures were measured on. */
final class Machine {
  private Machine() {}

  static String describe() throws IOException {
    return "%d cores (%s), Linux %s, %s %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor(),
            System.getProperty("os.version"),
            System.getProperty("java.vendor"),
            System.getProperty("java.vm.version"));
  }

  /** Returns how many threads wanted to run in the last minute: above the cores, figures suffer. */
  static double load() throws IOException {
    String load = Files.readString(Path.of("/proc/loadavg"));
    return Double.parseDouble(load.substring(0, load.indexOf(' ')));
  }

  private static String processor() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
