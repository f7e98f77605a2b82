package dev.mhs.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.Capability;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.LimitController;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FakeSourceTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:01");

  private final FakeSource fake = FakeSource.of(new MutableClock());
  private final DeviceSource devices = fake.devices().orElseThrow();

  @Test
  void untoldItAnswersThatThereIsNothing() throws InterruptedException {
    assertEquals(new Poll.Ok<>(List.of()), devices.devices());
    assertInstanceOf(Poll.Ok.class, fake.bandwidth().orElseThrow().bandwidth());
    assertEquals(new Poll.Ok<>(List.of()), fake.ports().orElseThrow().ports());
    assertEquals(new Poll.Ok<>(List.of()), fake.limits().orElseThrow().limits());
  }

  @Test
  void itOffersOnlyWhatItShall() {
    FakeSource ports = FakeSource.of(new MutableClock(), Capability.PORTS);

    assertTrue(ports.ports().isPresent());
    assertTrue(ports.devices().isEmpty() && ports.bandwidth().isEmpty());
    assertTrue(ports.limits().isEmpty());
  }

  @Test
  void itDoesWhatItWasToldLast() throws InterruptedException {
    List<Sighting> seen = List.of(Sighting.of(MAC).build());

    fake.onDevices().answers(seen);
    assertEquals(new Poll.Ok<>(seen), devices.devices());
    fake.onDevices().fails(FailureKind.REFUSED, "no");
    assertEquals(new Poll.Failed<>(FailureKind.REFUSED, "no"), devices.devices());
    fake.onDevices().cannot("never");
    assertEquals(new Poll.Unsupported<>("never"), devices.devices());
    fake.onDevices().returnsNull();
    assertNull(devices.devices());
    fake.onDevices().throwing(() -> new StackOverflowError("deep"));
    assertThrows(StackOverflowError.class, devices::devices);
    assertEquals(5, fake.onDevices().calls());
  }

  @Test
  void hangingEndsByAnInterrupt() throws InterruptedException {
    fake.onDevices().hangs();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual().start(() -> thrown.set(assertThrows(Throwable.class, devices::devices)));
    assertTrue(fake.onDevices().awaitCalls(1, LONG));

    caller.interrupt();

    assertTrue(caller.join(LONG));
    assertInstanceOf(InterruptedException.class, thrown.get());
    assertEquals(0, fake.onDevices().running());
  }

  @Test
  void hangingForEverEndsOnlyWhenItIsToldSomethingElse() throws InterruptedException {
    fake.onDevices().hangsForEver();
    AtomicReference<Poll<List<Sighting>>> answer = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    answer.set(devices.devices());
                  } catch (InterruptedException impossible) {
                    throw new AssertionError(impossible);
                  }
                });
    assertTrue(fake.onDevices().awaitCalls(1, LONG));
    caller.interrupt();
    assertTrue(fake.onDevices().awaitInterrupts(1, LONG));
    assertEquals(1, fake.onDevices().running());

    fake.onDevices().answers(List.of());

    assertTrue(caller.join(LONG));
    assertEquals(new Poll.Ok<>(List.of()), answer.get());
  }

  @Test
  void limitsThatAreAppliedAreReadBack() throws InterruptedException {
    LimitController limits = fake.limits().orElseThrow();
    DeviceKey device = new DeviceKey.ByMac(MAC);
    Limit limit =
        new Limit(device, List.of(IpLiteral.of("192.0.2.7")), BitRate.ofMegabits(5), null);

    LimitOutcome set = limits.apply(limit);
    assertEquals(new LimitOutcome.Applied(fake.inForce().getFirst()), set);
    assertSame(limit, fake.inForce().getFirst().limit());
    assertEquals(new Poll.Ok<>(List.of(fake.inForce().getFirst())), limits.limits());

    limits.apply(new Limit(device, List.of(), null, null));
    assertEquals(new Poll.Ok<>(List.of()), limits.limits());
    fake.onApply().fails(FailureKind.UNREACHABLE, "gone");
    assertEquals(new LimitOutcome.Failed(FailureKind.UNREACHABLE, "gone"), limits.apply(limit));
  }
}
