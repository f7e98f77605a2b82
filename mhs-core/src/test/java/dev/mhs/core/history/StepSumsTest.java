package dev.mhs.core.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StepSumsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aRowIsSpreadEvenlyOverTheStepsThatItTouches() {
    StepSums sums = new StepSums(at(0), at(180), MINUTE);

    sums.add(row(150, 900, 90, 90));

    assertEquals(
        List.of(
            new Sample(at(60), 600, 60, Duration.ofSeconds(60)),
            new Sample(at(120), 300, 30, Duration.ofSeconds(30))),
        sums.series().samples());
  }

  @Test
  void aGapIsAbsentAndAMeasuredZeroIsThere() {
    StepSums sums = new StepSums(at(0), at(240), MINUTE);

    sums.add(row(60, 0, 0, 60));
    sums.add(row(240, 5, 0, 60));

    assertEquals(
        List.of(new Sample(at(0), 0, 0, MINUTE), new Sample(at(180), 5, 0, MINUTE)),
        sums.series().samples());
  }

  @Test
  void theFirstStepHoldsTheBeginningAndTheLastBeginsBeforeTheEnd() {
    StepSums sums = new StepSums(at(90), at(121), MINUTE);

    sums.add(row(300, 300, 0, 300));

    assertEquals(
        List.of(new Sample(at(60), 60, 0, MINUTE), new Sample(at(120), 60, 0, MINUTE)),
        sums.series().samples());
  }

  @Test
  void aStepIsWholeSeconds() {
    assertThrows(
        IllegalArgumentException.class, () -> new StepSums(at(0), at(1), Duration.ofMillis(1_500)));
    assertThrows(IllegalArgumentException.class, () -> new StepSums(at(0), at(1), Duration.ZERO));
  }

  @Test
  void whateverTheStepsEveryByteIsInExactlyOneOfThem() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      StepSums sums =
          new StepSums(at(0), at(100_000), Duration.ofSeconds(1 + random.nextInt(4_000)));
      long download = 0;
      long upload = 0;
      for (int rows = random.nextInt(20); rows >= 0; rows--) {
        long bytes = random.nextLong(1L << (1 + random.nextInt(55)));
        int covered = 1 + random.nextInt(5_000);
        sums.add(row(5_000 + random.nextInt(90_000), bytes, bytes / 3, covered));
        download += bytes;
        upload += bytes / 3;
      }
      List<Sample> samples = sums.series().samples();
      assertEquals(
          download, samples.stream().mapToLong(Sample::downloadBytes).sum(), "seed " + seed);
      assertEquals(upload, samples.stream().mapToLong(Sample::uploadBytes).sum(), "seed " + seed);
    }
  }

  private static TrafficRow row(int end, long download, long upload, int covered) {
    return new TrafficRow(Subject.LINE, at(end), download, upload, Duration.ofSeconds(covered));
  }

  private static Instant at(int second) {
    return Instant.ofEpochSecond(second);
  }
}
