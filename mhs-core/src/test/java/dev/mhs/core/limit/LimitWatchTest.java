package dev.mhs.core.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitMeasurement;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.api.Throughput;
import dev.mhs.core.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitWatchTest {
  private static final DeviceKey NAS = new DeviceKey.ByMac(MacAddress.of("00:00:5e:00:53:42"));
  private static final Duration STEP = Duration.ofSeconds(2);

  private LimitInForce said = limit(5.0, 5.0, null);
  private LimitWatch watch = LimitWatch.NONE;
  private Moment now = new Moment(Instant.EPOCH, 0);

  @Test
  void aDeviceThatIsHeldIsToldWithWhatItMoves() {
    lasting(40, 4.8, 0.2);

    LimitInForce told = told();
    assertTrue(told.enforced());
    LimitMeasurement measured = measured(told);
    assertEquals(4.8, measured.download().megabits(), 0.01);
    assertEquals(0.2, measured.upload().megabits(), 0.01);
    assertEquals(true, measured.biting());
  }

  @Test
  void aDeviceThatClearlyMovesMoreForSomeTimeIsNotHeldAndTheReasonHasTheFigures() {
    lasting(40, 52.3, 0.2);

    LimitInForce told = told();
    assertFalse(told.enforced());
    assertEquals(
        "the device moved 52.3 Mbit/s down over 30 s, though the limit is 5: some of its traffic"
            + " passes by it",
        told.reason());
    assertEquals(false, measured(told).biting());
  }

  @Test
  void eachDirectionIsComparedWithItsOwnLimit() {
    said = limit(null, 1.0, null);
    lasting(40, 900, 0.9);
    assertTrue(told().enforced());

    lasting(40, 0.5, 8);
    assertFalse(told().enforced());
    assertTrue(String.valueOf(told().reason()).contains("8 Mbit/s up"));
  }

  @Test
  void aBurstProvesNothing() {
    lasting(20, 1, 0);
    lasting(6, 12, 0);
    lasting(4, 1, 0);

    assertTrue(told().enforced());
    assertNull(measured(told()).biting());
  }

  @Test
  void whatWasMovedBeforeTheLimitDoesNotCount() {
    lasting(60, 1, 0);
    said = limit(0.1, 0.1, null);
    lasting(34, 0.09, 0);

    assertTrue(told().enforced());
    assertEquals(0.09, measured(told()).download().megabits(), 0.001);
  }

  @Test
  void whoRestsProvesNothingAndTheConclusionIsForgottenAfterAWhile() {
    lasting(40, 50, 0);
    lasting(300, 0, 0);
    assertFalse(told().enforced());

    lasting(400, 0, 0);
    assertTrue(told().enforced());
    assertNull(measured(told()).biting());
  }

  @Test
  void onceItIsHeldTheConclusionIsTakenBack() {
    lasting(40, 50, 0);
    lasting(40, 4.9, 0);

    assertTrue(told().enforced());
    assertEquals(true, measured(told()).biting());
  }

  @Test
  void theBoxesOwnReasonIsBetterThanTheConclusion() {
    said = limit(5.0, 5.0, "FastTrack");
    lasting(40, 50, 0);

    assertEquals("FastTrack", told().reason());
    assertEquals(false, measured(told()).biting());
  }

  @Test
  void theQueuesOwnCountersAreEnoughAndTheHigherFigureIsTold() {
    for (int second = 0; second < 60; second += 10) {
      passing(Duration.ofSeconds(10));
      look(null, moved(4.7, 0.1, Duration.ofSeconds(10)));
    }
    assertEquals(4.7, measured(told()).download().megabits(), 0.01);
    assertEquals(true, measured(told()).biting());

    lasting(60, 40, 0);
    assertEquals(40, measured(told()).download().megabits(), 0.1);
  }

  @Test
  void withoutMeasurementsTheBoxIsBelievedAndOldOnesAreNotShownAsNew() {
    look(null, null);
    assertSame(said.limit(), told().limit());
    assertNull(told().measured());

    lasting(40, 4, 0);
    assertNotNull(told().measured());
    for (int minute = 0; minute < 2; minute++) {
      passing(Duration.ofMinutes(1));
      look(null, null);
    }
    assertNull(told().measured());
  }

  @Test
  void theSameMeasurementCountsOnce() {
    look(null, null);
    passing(Duration.ofSeconds(10));
    Throughput once = moved(50, 50, Duration.ofSeconds(4));
    for (int look = 0; look < 40; look++) {
      look(once, null);
    }

    assertTrue(told().enforced());
    assertEquals(Duration.ofSeconds(4), measured(told()).over());
  }

  /** Whoever never moves more than the limit is never accused, however it is cut into pieces. */
  @Test
  void nobodyWhoKeepsToTheLimitIsAccused() {
    Seeds.check(50, this::keepToTheLimit);
  }

  private void keepToTheLimit(Random random) {
    for (int look = 0; look < 100; look++) {
      Duration over = Duration.ofMillis(500 + random.nextInt(12_000));
      passing(over);
      look(
          random.nextInt(4) == 0 ? null : moved(5 * random.nextDouble(), 5, over),
          random.nextInt(4) == 0 ? moved(5, 5 * random.nextDouble(), over) : null);
      assertTrue(told().enforced());
    }
  }

  private void lasting(int seconds, double down, double up) {
    for (int second = 0; second < seconds; second += 2) {
      passing(STEP);
      look(moved(down, up, STEP), null);
    }
  }

  private void passing(Duration time) {
    now = new Moment(now.at().plus(time), now.nanos() + time.toNanos());
  }

  private void look(@Nullable Throughput moved, @Nullable Throughput counted) {
    watch =
        watch.next(
            now,
            Map.of(NAS, said),
            moved == null ? Map.of() : Map.of(NAS, moved),
            counted == null ? Map.of() : Map.of(NAS, counted));
  }

  private LimitInForce told() {
    return watch.judged(NAS, said);
  }

  private Throughput moved(double down, double up, Duration over) {
    return new Throughput(
        BitRate.ofMegabits(down).bytesIn(over),
        BitRate.ofMegabits(up).bytesIn(over),
        now.at(),
        over);
  }

  private static LimitMeasurement measured(LimitInForce limit) {
    LimitMeasurement measured = limit.measured();
    assertNotNull(measured);
    return measured;
  }

  private static LimitInForce limit(
      @Nullable Double down, @Nullable Double up, @Nullable String reason) {
    Limit limit =
        new Limit(
            NAS,
            List.of(IpLiteral.of("192.168.88.42")),
            down == null ? null : BitRate.ofMegabits(down),
            up == null ? null : BitRate.ofMegabits(up));
    return new LimitInForce(limit, reason == null, reason, true);
  }
}
