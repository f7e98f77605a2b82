package dev.mhs.server.history;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.core.history.Retention;
import dev.mhs.core.history.Subject;
import dev.mhs.core.history.Tick;
import dev.mhs.core.history.TrafficRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A program that writes one byte of the line and of each of some devices with each tick until it is
 * killed. Time passes so quickly that rows become coarser and are pruned all the while.
 */
final class KilledWriter {
  /** Between two ticks: rows are rolled up and pruned with nearly each of them. */
  static final Duration STEP = Duration.ofMinutes(20);

  static final RollUp ROLL_UP =
      new RollUp(
          new Retention(Duration.ofHours(2), Duration.ofHours(8), Duration.ofDays(2)),
          ZoneOffset.UTC);
  static final List<Subject> SUBJECTS =
      List.of(Subject.LINE, device(1), device(2), device(3), device(4));

  private KilledWriter() {}

  /** Writes into the folder that the first argument names, from the tick that the second says. */
  public static void main(String[] arguments) {
    Instant[] now = {SqliteHistoryTest.START};
    Opened opened = SqliteHistory.open(Path.of(arguments[0]), ROLL_UP, () -> now[0], "");
    if (opened instanceof SqliteHistory history) {
      history.remembered(); // waits until it is open
      for (int tick = Integer.parseInt(arguments[1]); ; tick++) {
        Instant end = endOf(tick);
        now[0] = end;
        history.record(
            new Tick(
                end, SUBJECTS.stream().map(who -> new TrafficRow(who, end, 1, 1, STEP)).toList()));
        SqliteHistoryTest.awaitWritten(history);
        System.out.println(tick);
      }
    }
    System.out.println(opened);
  }

  /** When a tick was taken; the first one is number 1. */
  static Instant endOf(int tick) {
    return SqliteHistoryTest.START.plus(STEP.multipliedBy(tick));
  }

  private static Subject device(int number) {
    return Subject.of(new DeviceKey.ByMac(new MacAddress(0x02_00_00_00_00_00L + number)));
  }
}
