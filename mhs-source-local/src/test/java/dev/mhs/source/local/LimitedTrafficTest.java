package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.source.local.count.Counts;
import dev.mhs.source.local.limit.Lane;
import dev.mhs.source.local.limit.Passage;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitedTrafficTest {
  private static final DeviceKey TV = DeviceKey.parse("02:00:00:00:00:01").orElseThrow();
  private static final InetAddress ONE = IpLiteral.of("10.0.0.7");
  private static final InetAddress OTHER = IpLiteral.of("fd00::7");
  private static final InetAddress FREE = IpLiteral.of("10.0.0.8");
  private static final Lane DOWN = new Lane(TV, true, 1);
  private static final Lane UP = new Lane(TV, false, 1);

  private final LimitedTraffic traffic = new LimitedTraffic();

  private Map<InetAddress, Counts> enter(
      Map<InetAddress, Counts> counted, Map<Lane, Passage> passages) {
    return traffic.enter(counted, passages, device -> Set.of(ONE, OTHER));
  }

  private long down(long counted, long passed, long waiting) {
    Map<InetAddress, Counts> come = counted == 0 ? Map.of() : Map.of(ONE, new Counts(counted, 0));
    return enter(come, Map.of(DOWN, new Passage(passed, waiting))).values().stream()
        .mapToLong(Counts::downloadBytes)
        .sum();
  }

  private static Passage passed(long bytes) {
    return new Passage(bytes, 0);
  }

  @Test
  void whatAQueueThrewAwayWasNotMoved() {
    enter(Map.of(), Map.of(DOWN, passed(1000)));

    var right =
        enter(
            Map.of(ONE, new Counts(60_000, 70), OTHER, new Counts(20_000, 30)),
            Map.of(DOWN, passed(9000)));

    assertEquals(Map.of(ONE, new Counts(6000, 70), OTHER, new Counts(2000, 30)), right);
  }

  @Test
  void eachDirectionHasAQueueOfItsOwn() {
    enter(Map.of(), Map.of(DOWN, passed(0), UP, passed(0)));

    var right =
        enter(Map.of(ONE, new Counts(500, 900)), Map.of(DOWN, passed(500), UP, passed(300)));

    assertEquals(Map.of(ONE, new Counts(500, 300)), right);
  }

  @Test
  void nobodyElseIsTouched() {
    enter(Map.of(), Map.of(DOWN, passed(0)));
    var moved = Map.of(ONE, new Counts(100, 0), FREE, new Counts(5_000_000, 0));

    assertEquals(moved, enter(moved, Map.of(DOWN, passed(8000))));
  }

  @Test
  void whatWaitsIsMovedWhenItPasses() {
    down(0, 0, 0);

    assertEquals(1000, down(5000, 1000, 3000), "1000 were thrown away");
    assertEquals(1000, down(500, 2000, 2500));
    assertEquals(1000, down(0, 3000, 1500), "nothing new came");
    assertEquals(1500, down(0, 4500, 0));
    assertEquals(0, down(0, 4500, 0));
  }

  @Test
  void whatPassedBetweenTheTwoReadingsIsNotLost() {
    down(0, 0, 0);

    assertEquals(1000, down(1000, 1100, 0), "the queue was read a little later");
    assertEquals(1000, down(1000, 2050, 0), "and now a little less");
    assertEquals(1000, down(1000, 3000, 0));
  }

  @Test
  void whatPassedUncountedGivesNoRoomLateron() {
    down(0, 0, 0);
    down(0, 500_000, 0);
    down(0, 500_000, 0);

    assertEquals(1000, down(9000, 501_000, 0));
  }

  @Test
  void aQueueThatIsNewSaysNothingYet() {
    var moved = Map.of(ONE, new Counts(100, 0));
    assertEquals(moved, enter(moved, Map.of(DOWN, passed(10))));

    assertEquals(moved, enter(moved, Map.of(new Lane(TV, true, 2), passed(10))), "took its place");
    assertEquals(moved, enter(moved, Map.of(new Lane(TV, true, 2), passed(5))), "was made anew");
  }
}
