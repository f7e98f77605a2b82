package dev.mhs.server.service;

import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The systemd that started this process: it is told when the page is served, and after that again
 * and again that new snapshots still come. A hung MHS is restarted by it (sd_notify(3), {@code
 * WatchdogSec} in systemd.service(5)).
 *
 * <p>The protocol wants a datagram to a Unix socket, which the JDK cannot send, so systemd's own
 * {@code systemd-notify} is run: the unit says {@code NotifyAccess=all}. Where nobody asked to be
 * told, nothing is run. Safe for use by several threads.
 */
public final class ServiceManager implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ServiceManager.class.getName());
  private static final String PROGRAM = "systemd-notify";

  /** How often within the time of the watchdog it hears of us: two words may get lost. */
  private static final int BEATS = 3;

  private final boolean listens;
  private final @Nullable Duration watchdog;
  private final Consumer<List<String>> run;
  private final TimeSource time;
  private final ScheduledExecutorService beating =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("mhs-watchdog").daemon().unstarted(task));
  private volatile long lastSign;

  ServiceManager(
      boolean listens, @Nullable Duration watchdog, Consumer<List<String>> run, TimeSource time) {
    this.listens = listens;
    this.watchdog = watchdog;
    this.run = run;
    this.time = time;
    this.lastSign = time.nanos();
  }

  /**
   * Returns the one that started this process; one that never listens if there is none.
   *
   * @param environment the variables of this process: {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC}
   * @param time the clocks
   */
  public static ServiceManager of(Map<String, String> environment, TimeSource time) {
    return new ServiceManager(
        environment.containsKey("NOTIFY_SOCKET"),
        watchdog(environment.get("WATCHDOG_USEC")),
        new Helper(),
        time);
  }

  private static @Nullable Duration watchdog(@Nullable String microseconds) {
    if (microseconds == null || !microseconds.matches("[1-9][0-9]{0,15}")) {
      return null; // sd_watchdog_enabled(3): no watchdog
    }
    return Duration.of(Long.parseLong(microseconds), ChronoUnit.MICROS);
  }

  /**
   * Tells that the page is served, and begins to tell that MHS lives.
   *
   * @param address where the page is
   */
  public void ready(String address) {
    if (!listens) {
      return;
    }
    beating.execute(() -> tell("--ready", "--status=MHS is at " + address));
    if (watchdog != null) {
      long pause = watchdog.toNanos() / BEATS;
      var unused = beating.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.NANOSECONDS);
    }
  }

  /** Notes a sign of life. Never blocks. */
  public void alive() {
    lastSign = time.nanos();
  }

  /** Tells that MHS lives, unless the last sign of it is too old. */
  void beat() {
    if (watchdog != null && time.nanos() - lastSign < watchdog.toNanos() / 2) {
      tell("WATCHDOG=1");
    }
  }

  private void tell(String... words) {
    try {
      run.accept(Stream.concat(Stream.of(PROGRAM), Stream.of(words)).toList());
    } catch (RuntimeException bug) { // the next beat must not be left out
      LOG.log(System.Logger.Level.ERROR, "the service manager could not be told", bug);
    }
  }

  @Override
  public void close() {
    beating.shutdownNow();
  }
}
