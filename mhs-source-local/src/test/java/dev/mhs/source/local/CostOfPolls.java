package dev.mhs.source.local;

import com.sun.management.OperatingSystemMXBean;
import dev.mhs.source.local.LocalSettings.Scan;
import dev.mhs.source.local.count.Way;
import dev.mhs.source.local.read.SystemFiles;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Prints what asking the local source costs on this machine: CPU of this process for each call, CPU
 * of the programs it runs, and resident memory before and after the first counters; with the word
 * {@code proc} without ip and OSHI, for comparison. Run by hand; it sends nothing.
 */
final class CostOfPolls {
  private static final int CALLS = 1000;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private interface Call {
    Object ask() throws Exception;
  }

  private CostOfPolls() {}

  public static void main(String[] words) throws Exception {
    LocalSettings settings = new LocalSettings(Scan.PASSIVE, Set.of(), true);
    Machine machine =
        words.length > 0 && words[0].equals("proc") ? LookAround.withoutIp() : Machine.here();
    Path storage = Files.createTempDirectory("mhs-cost");
    try (LocalSource source =
        new LocalSource(
            settings,
            machine,
            Outside.here(new LookAround.RealTime()),
            Machine.kernel(EnumSet.allOf(Way.class), () -> storage),
            new LookAround.RealTime())) {
      print("devices()", () -> source.devices().orElseThrow().devices());
      System.gc();
      System.out.println("resident before counters: " + resident());
      print("ports(), the first", 1, () -> source.ports().orElseThrow().ports());
      System.gc();
      System.out.println("resident with counters:  " + resident());
      print("ports()", () -> source.ports().orElseThrow().ports());
      print("bandwidth()", () -> source.bandwidth().orElseThrow().bandwidth());
      System.gc();
      System.out.println("resident at the end:     " + resident());
    }
  }

  private static void print(String what, Call call) throws Exception {
    print(what, CALLS, call);
    print(what, CALLS, call); // warm
  }

  private static void print(String what, int calls, Call call) throws Exception {
    long cpu = SYSTEM.getProcessCpuTime();
    long children = childTicks();
    long wall = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      call.ask();
    }
    System.out.printf(
        "%-20s %7.3f ms CPU, %7.3f ms of children, %7.3f ms wall%n",
        what,
        (SYSTEM.getProcessCpuTime() - cpu) / 1e6 / calls,
        (childTicks() - children) * 10.0 / calls, // proc(5): 100 ticks a second
        (System.nanoTime() - wall) / 1e6 / calls);
  }

  private static String resident() {
    return SystemFiles.text(Path.of("/proc/self/status"))
        .orElse("")
        .lines()
        .filter(line -> line.startsWith("VmRSS"))
        .findFirst()
        .orElse("unknown");
  }

  private static long childTicks() {
    String[] words = SystemFiles.line(Path.of("/proc/self/stat")).orElse("").split(" ", -1);
    return Long.parseLong(words[15]) + Long.parseLong(words[16]);
  }
}
