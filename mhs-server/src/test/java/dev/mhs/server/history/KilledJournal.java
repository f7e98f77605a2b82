package dev.mhs.server.history;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.core.history.Retention;
import dev.mhs.core.journal.Notice;
import dev.mhs.core.journal.Notice.NoticeKind;
import dev.mhs.core.journal.Parcel;
import dev.mhs.core.journal.Portrait;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** A program that keeps two entries at a time until it is killed. */
final class KilledJournal {
  private KilledJournal() {}

  /** Writes into the folder that the first argument names; the second tells one run from others. */
  public static void main(String[] arguments) throws InterruptedException {
    Opened opened =
        SqliteHistory.open(
            Path.of(arguments[0]),
            Retention.DEFAULT,
            ZoneOffset.UTC,
            () -> SqliteHistoryTest.START);
    Portrait device = new Portrait(new DeviceKey.ByMac(new MacAddress(1)), null, null, null, null);
    if (opened instanceof SqliteHistory history) {
      int written = 0;
      for (long i = Long.parseLong(arguments[1]) * 1_000_000; ; i++) {
        history
            .journal()
            .keep(
                List.of(
                    new Notice(i, SqliteHistoryTest.START, NoticeKind.NEW_DEVICE, device, null),
                    new Parcel(i, "id", "webhook", SqliteHistoryTest.START, 0, "{}")));
        if (history.journal().awaitKept(Duration.ofSeconds(10)) == null) {
          System.out.println(++written);
        }
      }
    }
    System.out.println(opened);
  }
}
