package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.source.local.count.Counts;
import dev.mhs.source.local.limit.Lane;
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

  private Map<InetAddress, Counts> enter(Map<InetAddress, Counts> moved, Map<Lane, Long> passed) {
    return traffic.enter(moved, passed, device -> Set.of(ONE, OTHER));
  }

  @Test
  void whatAQueueThrewAwayWasNotMoved() {
    enter(Map.of(), Map.of(DOWN, 1000L));

    var right =
        enter(
            Map.of(ONE, new Counts(60_000, 70), OTHER, new Counts(20_000, 30)),
            Map.of(DOWN, 9000L));

    assertEquals(Map.of(ONE, new Counts(6000, 70), OTHER, new Counts(2000, 30)), right);
  }

  @Test
  void eachDirectionHasAQueueOfItsOwn() {
    enter(Map.of(), Map.of(DOWN, 0L, UP, 0L));

    var right = enter(Map.of(ONE, new Counts(500, 900)), Map.of(DOWN, 500L, UP, 300L));

    assertEquals(Map.of(ONE, new Counts(500, 300)), right);
  }

  @Test
  void whatWaitedBeforeIsNotAddedAndNobodyElseIsTouched() {
    enter(Map.of(), Map.of(DOWN, 0L));
    var moved = Map.of(ONE, new Counts(100, 0), FREE, new Counts(5_000_000, 0));

    assertEquals(moved, enter(moved, Map.of(DOWN, 8000L)));
  }

  @Test
  void aQueueThatIsNewSaysNothingYet() {
    var moved = Map.of(ONE, new Counts(100, 0));
    assertEquals(moved, enter(moved, Map.of(DOWN, 10L)));

    assertEquals(moved, enter(moved, Map.of(new Lane(TV, true, 2), 10L)), "took its place");
    assertEquals(moved, enter(moved, Map.of(new Lane(TV, true, 2), 5L)), "was made anew");
  }
}
