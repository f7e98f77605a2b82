package dev.mhs.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.BoxState;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.api.Port;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.api.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sums that only ever grow. */
class CountedBytesTest {
  private static final DeviceKey PHONE = new DeviceKey.ByMac(MacAddress.of("00:00:5e:00:53:01"));
  private static final Instant START = Instant.ofEpochSecond(1_790_000_000);

  private final CountedBytes counted = new CountedBytes();

  @Test
  void whatWasMovedIsAddedUp() {
    counted.moved(Map.of(PHONE, moved(100, 10)), moved(1000, 100));
    counted.moved(Map.of(PHONE, moved(1, 2)), null);

    assertEquals(new Bytes(101, 12), counted.device(PHONE));
    assertEquals(new Bytes(1000, 100), counted.line());
  }

  @Test
  void whatWasNeverMeasuredIsNotZero() {
    assertNull(counted.device(PHONE));
    assertNull(counted.line());
    assertNull(counted.port("box", "ether1"));
  }

  @Test
  void aPortGoesOnCountingWhereItsBoxBeginsAnew() {
    counted.published(snapshot(0, 5_000_000, 1));
    counted.published(snapshot(2, 5_000_300, 1));
    counted.published(snapshot(2, 5_000_300, 1));
    counted.published(snapshot(4, 200, 2)); // it was restarted
    counted.published(snapshot(6, 250, 2));

    assertEquals(new Bytes(350, 0), counted.port("box", "ether1"));
  }

  @Test
  void whatIsGoneIsForgotten() {
    counted.moved(Map.of(PHONE, moved(100, 10)), null);
    counted.published(snapshot(0, 1, 1));
    counted.published(snapshot(List.of()));

    assertNull(counted.device(PHONE));
    assertNull(counted.port("box", "ether1"));
  }

  private static Throughput moved(long down, long up) {
    return new Throughput(down, up, START, Duration.ofSeconds(2));
  }

  private static Snapshot snapshot(long seconds, long rxBytes, long epoch) {
    Port port =
        new Port(
            "ether1",
            "ether",
            Port.Link.UP,
            BitRate.ofMegabits(1000),
            null,
            null,
            false,
            new Port.Counters(rxBytes, 0, CounterWidth.BITS_64, epoch, null, null));
    Moment at = new Moment(START.plusSeconds(seconds), Duration.ofSeconds(seconds).toNanos());
    Box box = new Box("box", "box", null, Box.Role.ROUTER, at, List.of(port));
    return snapshot(List.of(new BoxState(box, new SourceId("box"), Map.of())));
  }

  private static Snapshot snapshot(List<BoxState> boxes) {
    return new Snapshot(
        1, START, Map.of(), null, null, null, null, List.of(), List.of(), boxes, List.of(),
        List.of());
  }
}
