package dev.mhs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has cost so far, as {@code proc(5)} tells.
 *
 * @param residentBytes the memory that it occupies now ({@code VmRSS})
 * @param cpu the processor time that all its threads have used, and with them the programs that it
 *     started and waited for, in steps of 10 ms
 */
record ProcessCost(long residentBytes, Duration cpu) {
  /** USER_HZ is 100 on every architecture that a JDK 21 runs on; asm-generic/param.h. */
  private static final long MILLIS_PER_TICK = 10;

  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  /**
   * Where utime, stime, cutime and cstime stand behind the name of the program: fields 14 to 17.
   */
  private static final int OWN = 11;

  private static final int PROGRAMS = 13;
  private static final int LAST = 14;

  /** Returns the processor time since an earlier reading. */
  Duration since(ProcessCost earlier) {
    return cpu.minus(earlier.cpu);
  }

  static ProcessCost of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    return parse(
        Files.readString(folder.resolve("status")), Files.readString(folder.resolve("stat")));
  }

  static ProcessCost parse(String status, String stat) {
    Matcher resident = RESIDENT.matcher(status);
    if (!resident.find()) {
      throw new IllegalStateException("the process has no memory any more");
    }
    return new ProcessCost(Long.parseLong(resident.group(1)) * 1024, ticks(stat, OWN));
  }

  /**
   * Returns the processor time that the programs have used which a process started and waited for.
   */
  static Duration ofPrograms(long pid) throws IOException {
    return ofPrograms(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
  }

  static Duration ofPrograms(String stat) {
    return ticks(stat, PROGRAMS);
  }

  private static Duration ticks(String stat, int first) {
    // The name stands in parentheses and may hold blanks and parentheses itself.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int field = first; field <= LAST; field++) {
      ticks += Long.parseLong(fields[field]);
    }
    return Duration.ofMillis(ticks * MILLIS_PER_TICK);
  }
}
