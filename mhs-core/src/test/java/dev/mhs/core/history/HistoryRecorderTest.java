package dev.mhs.core.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryRecorderTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Subject NAS =
      Subject.of(new DeviceKey.ByMac(MacAddress.of("aa:bb:cc:00:00:01")));

  private final HistoryRecorder recorder = new HistoryRecorder();

  @Test
  void measurementsBetweenTwoTicksBecomeOneRow() {
    add(NAS, 10, 100, 1);
    add(NAS, 20, 200, 2);
    add(Subject.LINE, 30, 1_000, 0);

    Tick tick = recorder.drain(at(30));

    assertEquals(at(30), tick.end());
    assertEquals(
        List.of(
            new TrafficRow(NAS, at(20), 300, 3, Duration.ofSeconds(20)),
            new TrafficRow(Subject.LINE, at(30), 1_000, 0, Duration.ofSeconds(10))),
        tick.rows());
  }

  @Test
  void whatWasNotMeasuredHasNoRow() {
    add(NAS, 10, 100, 1);
    recorder.drain(at(30));

    assertEquals(List.of(), recorder.drain(at(60)).rows());
  }

  @Test
  void aRunOfZerosBecomesOneRowWhenTrafficEndsIt() {
    for (int second = 10; second <= 300; second += 10) {
      add(NAS, second, 0, 0);
      assertEquals(List.of(), recorder.drain(at(second)).rows());
    }
    assertEquals(
        List.of(new TrafficRow(NAS, at(300), 0, 0, Duration.ofMinutes(5))),
        recorder.unwritten(NAS));

    add(NAS, 310, 7, 0);

    assertEquals(
        List.of(
            new TrafficRow(NAS, at(300), 0, 0, Duration.ofMinutes(5)),
            new TrafficRow(NAS, at(310), 7, 0, Duration.ofSeconds(10))),
        recorder.drain(at(330)).rows());
  }

  @Test
  void aRunOfZerosEndsAtAGapSoThatTheGapStaysAGap() {
    add(NAS, 10, 0, 0);
    recorder.drain(at(30));
    add(NAS, 100, 0, 0);

    assertEquals(
        List.of(new TrafficRow(NAS, at(10), 0, 0, Duration.ofSeconds(10))),
        recorder.drain(at(120)).rows());
    assertEquals(
        List.of(new TrafficRow(NAS, at(100), 0, 0, Duration.ofSeconds(10))),
        recorder.flush(at(121)).rows());
    assertEquals(List.of(), recorder.flush(at(122)).rows());
  }

  @Test
  void anIdleDeviceCostsAboutFourRowsAnHour() {
    int rows = 0;
    for (int second = 10; second <= 86_400; second += 10) {
      add(NAS, second, 0, 0);
      if (second % 30 == 0) {
        rows += recorder.drain(at(second)).rows().size();
      }
    }

    assertEquals(96, rows);
  }

  @Test
  void aClockThatIsSetBackLosesNothing() {
    add(NAS, 5_000, 0, 0);
    recorder.drain(at(5_000));
    add(NAS, 20, 0, 0);
    add(NAS, 30, 3, 0);

    assertEquals(
        List.of(
            new TrafficRow(NAS, at(5_000), 0, 0, Duration.ofSeconds(10)),
            new TrafficRow(NAS, at(30), 3, 0, Duration.ofSeconds(20))),
        recorder.drain(at(30)).rows());
  }

  private void add(Subject subject, int second, long download, long upload) {
    recorder.add(subject, new Throughput(download, upload, at(second), Duration.ofSeconds(10)));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
