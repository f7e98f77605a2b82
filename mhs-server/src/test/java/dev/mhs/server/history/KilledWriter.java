package dev.mhs.server.history;

import dev.mhs.core.history.Retention;
import dev.mhs.core.history.Subject;
import dev.mhs.core.history.Tick;
import dev.mhs.core.history.TrafficRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A program that writes one byte for each tick until it is killed. */
final class KilledWriter {
  private KilledWriter() {}

  /** Writes into the folder that the first argument names. */
  public static void main(String[] arguments) {
    Opened opened =
        SqliteHistory.open(
            Path.of(arguments[0]),
            Retention.DEFAULT,
            ZoneOffset.UTC,
            () -> SqliteHistoryTest.START);
    if (opened instanceof SqliteHistory history) {
      history.remembered(); // waits until it is open
      for (int i = 1; ; i++) {
        Instant end = SqliteHistoryTest.START.plusSeconds(i);
        history.record(
            new Tick(end, List.of(new TrafficRow(Subject.LINE, end, 1, 1, Duration.ofSeconds(1)))));
        SqliteHistoryTest.awaitWritten(history);
        System.out.println(i);
      }
    }
    System.out.println(opened);
  }
}
