package dev.mhs.server.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mhs.tck.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServiceManagerTest {
  private static final Duration WATCHDOG = Duration.ofSeconds(90);
  private static final List<String> LIVES = List.of("systemd-notify", "WATCHDOG=1");

  private final MutableClock clock = new MutableClock();
  private final LinkedBlockingQueue<List<String>> told = new LinkedBlockingQueue<>();

  private ServiceManager manager(boolean listens) {
    return new ServiceManager(listens, WATCHDOG, told::add, clock);
  }

  @Test
  void itIsToldWhereThePageIs() throws InterruptedException {
    try (ServiceManager manager = manager(true)) {
      manager.ready("http://localhost:8000");

      assertEquals(
          List.of("systemd-notify", "--ready", "--status=MHS is at http://localhost:8000"),
          told.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void nobodyIsToldWhereNobodyAsked() throws InterruptedException {
    try (ServiceManager nobody = ServiceManager.of(Map.of(), clock)) {
      nobody.ready("http://localhost:8000");
    }
    try (ServiceManager manager = manager(false)) {
      manager.ready("http://localhost:8000");

      assertNull(told.poll(100, TimeUnit.MILLISECONDS));
    }
  }

  @Test
  void theWatchdogHearsOfMhsOnlyWhileSnapshotsCome() {
    try (ServiceManager manager = manager(true)) {
      clock.advance(Duration.ofSeconds(44));
      manager.beat();
      assertEquals(List.of(LIVES), taken());

      clock.advance(Duration.ofSeconds(2));
      manager.beat();
      assertEquals(List.of(), taken(), "the last sign of life is too old");

      manager.alive();
      manager.beat();
      assertEquals(List.of(LIVES), taken());
    }
  }

  private List<List<String>> taken() {
    List<List<String>> all = new ArrayList<>();
    told.drainTo(all);
    return all;
  }
}
