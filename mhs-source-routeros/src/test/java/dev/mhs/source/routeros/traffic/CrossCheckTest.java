package dev.mhs.source.routeros.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Moment;
import dev.mhs.source.routeros.traffic.CrossCheck.Minute;
import dev.mhs.source.routeros.traffic.FastTrackCalibration.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossCheckTest {
  private static final long MEGABYTE = 1_000_000;

  private final CrossCheck check = new CrossCheck();

  @Test
  void aMinuteIsComparedWhenItIsOver() {
    List<Minute> minutes = new ArrayList<>();
    for (int second = 0; second < 180; second += 10) {
      check
          .add(at(second), at(second + 10), MEGABYTE, 9 * MEGABYTE, 10 * MEGABYTE)
          .ifPresent(minutes::add);
    }

    assertEquals(List.of(new Minute(0.1, 1), new Minute(0.1, 1), new Minute(0.1, 1)), minutes);
  }

  @Test
  void hardlyAnyTrafficIsNoSample() {
    assertEquals(Optional.empty(), check.add(at(0), at(60), 900_000, 0, 1_000_000));
  }

  @Test
  void aGapIsNoPartOfAMinute() {
    check.add(at(0), at(10), 0, 0, 500 * MEGABYTE);
    check.add(at(300), at(330), 30 * MEGABYTE, 0, 30 * MEGABYTE);

    assertEquals(
        Optional.of(new Minute(1, 1)),
        check.add(at(330), at(360), 30 * MEGABYTE, 0, 30 * MEGABYTE));
  }

  @ParameterizedTest(name = "plain {0}, with the fast path {1}: {2}")
  @CsvSource({
    "0.97, 1.90, INCLUSIVE", // added up, it would be nearly twice the line
    "0.05, 0.96, EXCLUSIVE", // left out, hardly anything would be seen
    "0.97, 1.01, UNKNOWN", // hardly any of it took the fast path
    "0.50, 0.98, UNKNOWN", // as well a part of it, beside a line whose other half nobody sees
    "0.40, 0.70, UNKNOWN", // something else is missing
    "1.90, 3.80, UNKNOWN" // half of the line is not known
  })
  void theLineDecidesWhereOnlyOneWayOfCountingFits(double plain, double both, Verdict verdict) {
    FastTrackCalibration calibration = new FastTrackCalibration(Verdict.UNKNOWN);

    calibration.compare(new Minute(plain, both));

    assertEquals(verdict, calibration.verdict());
  }

  @Test
  void aVerdictFallsWhenTheLineSpeaksAgainstItForMinutes() {
    FastTrackCalibration calibration = new FastTrackCalibration(Verdict.EXCLUSIVE);
    Minute twice = new Minute(0.97, 1.9);

    calibration.compare(twice);
    calibration.compare(twice);
    calibration.compare(new Minute(0.1, 1)); // one that fits: it begins anew
    calibration.compare(twice);
    calibration.compare(twice);
    assertEquals(Verdict.EXCLUSIVE, calibration.verdict());
    calibration.compare(twice);

    assertEquals(Verdict.INCLUSIVE, calibration.verdict());
  }

  @Test
  void aLineHalfOfWhichNobodySeesOverturnsNothing() {
    FastTrackCalibration calibration = new FastTrackCalibration(Verdict.INCLUSIVE);

    for (int minute = 0; minute < 5; minute++) {
      calibration.compare(new Minute(0.5, 0.98));
    }

    assertEquals(Verdict.INCLUSIVE, calibration.verdict(), "else everything would count twice");
  }

  @Test
  void whatTheCountersThemselvesProvedStands() {
    FastTrackCalibration calibration = new FastTrackCalibration(Verdict.UNKNOWN);
    calibration.observe(Counters.ZERO, new Counters(0, 10_000, 0, 50 * MEGABYTE));
    for (int minute = 0; minute < 5; minute++) {
      calibration.compare(new Minute(0.97, 1.9));
    }

    assertEquals(Verdict.EXCLUSIVE, calibration.verdict());
    assertTrue(calibration.addsFast());
  }

  private static Moment at(long second) {
    return new Moment(Instant.EPOCH, Duration.ofSeconds(second).toNanos());
  }
}
