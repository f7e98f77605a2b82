package dev.mhs.server.history;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.core.history.Series;
import dev.mhs.core.history.Subject;
import dev.mhs.core.history.Tick;
import dev.mhs.core.history.TrafficRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prints what the history costs: opening it, writing 100 busy devices, their size, and one device's
 * day and week. Run by hand with a new folder; nothing is asserted.
 */
final class HistoryCost {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int DEVICES = 100;

  private HistoryCost() {}

  /** Measures in the folder that the first argument names, over as many days as the second says. */
  public static void main(String[] arguments) {
    long before = System.nanoTime();
    Opened opened = SqliteHistory.open(Path.of(arguments[0]), WEEK, () -> SqliteHistoryTest.START);
    if (!(opened instanceof SqliteHistory history)) {
      throw new IllegalStateException(opened.toString());
    }
    print("open() returned after", before);
    System.out.println(history.remembered().size() + " devices remembered");
    print("the file was open after", before);
    Instant end = write(history, Integer.parseInt(arguments[1]));
    System.out.printf("%.1f MB%n", history.sizeBytes() / 1e6);
    for (int round = 0; round < 6; round++) {
      ask(history, end.minus(Duration.ofDays(1)), end, Duration.ofSeconds(60));
      ask(history, end.minus(WEEK), end, Duration.ofMinutes(15));
    }
    before = System.nanoTime();
    history.close();
    print("close() took", before);
  }

  private static Instant write(SqliteHistory history, int days) {
    Random random = new Random(1);
    Instant end = SqliteHistoryTest.START;
    long before = System.nanoTime();
    int ticks = days * 2_880;
    for (int tick = 0; tick < ticks; tick++) {
      end = end.plusSeconds(30);
      List<TrafficRow> rows = new ArrayList<>();
      for (int device = 0; device < DEVICES; device++) {
        long bytes = (long) Math.exp(random.nextDouble() * 17); // 1 byte to 24 MB in 30 s
        rows.add(new TrafficRow(subject(device), end, bytes, bytes / 10, Duration.ofSeconds(30)));
      }
      history.record(new Tick(end, rows));
      if (tick % 20 == 0) { // twenty ticks in one transaction, to be quick
        SqliteHistoryTest.awaitWritten(history);
      }
    }
    SqliteHistoryTest.awaitWritten(history);
    print("writing " + ticks * DEVICES + " rows took", before);
    return end;
  }

  private static void ask(SqliteHistory history, Instant from, Instant to, Duration step) {
    long before = System.nanoTime();
    Series series = history.series(subject(50), from, to, step, List.of());
    int samples = series instanceof Series.Measured measured ? measured.samples().size() : -1;
    print(Duration.between(from, to).toDays() + " days in " + samples + " steps took", before);
  }

  private static Subject subject(int number) {
    return Subject.of(new DeviceKey.ByMac(new MacAddress(0x02_00_00_00_00_00L + number)));
  }

  private static void print(String what, long since) {
    System.out.printf("%s %.1f ms%n", what, (System.nanoTime() - since) / 1e6);
  }
}
