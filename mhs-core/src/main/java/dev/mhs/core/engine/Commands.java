package dev.mhs.core.engine;

import dev.mhs.api.Capability;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.Sighting;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.core.journal.Alias;
import dev.mhs.core.people.Aliases;
import dev.mhs.core.poll.PollLoop;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.LimitController;
import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one door through which people change something. Thread-safe. */
public final class Commands {
  /** How long after a rescan the next one is refused. */
  public static final Duration RESCAN_COOLDOWN = Duration.ofSeconds(10);

  private static final Duration LIMIT_DEADLINE = Duration.ofSeconds(15);

  private final List<Feed> feeds;
  private final TimeSource time;
  private final Supplier<Snapshot> latest;
  private final AtomicLong lastRescan;
  private final Aliases aliases;
  private final Runnable onRescan;
  private final ReentrantLock naming = new ReentrantLock();
  private volatile CommandListener listener = CommandListener.NONE;

  Commands(
      List<Feed> feeds,
      TimeSource time,
      Supplier<Snapshot> latest,
      Aliases aliases,
      Runnable onRescan) {
    this.feeds = feeds;
    this.aliases = aliases;
    this.onRescan = onRescan;
    this.time = time;
    this.latest = latest;
    this.lastRescan = new AtomicLong(time.nanos() - RESCAN_COOLDOWN.toNanos());
  }

  /**
   * Asks every source to look at the network anew, also those that were given up: somebody may have
   * mended what was wrong.
   *
   * @return how long to wait before asking again, when the last time is too short ago; else empty
   */
  public Optional<Duration> rescan() {
    long now = time.nanos();
    long before = lastRescan.get();
    Duration left = RESCAN_COOLDOWN.minusNanos(now - before);
    if (left.isPositive()) {
      return Optional.of(left);
    }
    if (!lastRescan.compareAndSet(before, now)) {
      return Optional.of(RESCAN_COOLDOWN); // somebody else was faster
    }
    onRescan.run();
    for (Feed feed : feeds) {
      PollLoop<List<Sighting>> loop = feed.deviceLoop();
      DeviceSource devices = feed.deviceSource();
      if (loop != null && devices != null) {
        loop.tell(devices::rescan);
      }
      feed.hurry();
    }
    return Optional.empty();
  }

  /**
   * Has every command told to a listener, from now on.
   *
   * @param hears the only one that hears it
   */
  public void listen(CommandListener hears) {
    listener = hears;
  }

  /**
   * Gives a device a name, or takes its name away. It is shown from the next push on.
   *
   * @param device the device, by the key that the snapshot gives it
   * @param name the name, cleaned; null takes it away
   * @param by who does it, in words for people
   * @return whether there was room for one more name
   */
  public boolean alias(DeviceKey device, @Nullable String name, String by) {
    naming.lock(); // so that changes are told in their order
    try {
      Alias before = aliases.of(device);
      Alias after = name == null ? null : new Alias(device, name, time.instant(), by);
      if (after == null) {
        aliases.take(device);
      } else if (!aliases.give(after)) {
        return false;
      }
      if (before != null || after != null) {
        listener.aliasChanged(before, after, by);
      }
      return true;
    } finally {
      naming.unlock();
    }
  }

  /**
   * Sets, changes or removes the limit of a device, and waits until it was read back.
   *
   * @param limit what is wanted
   * @param by who wants it, in words for people
   * @return what became of it; empty when no source in use can limit
   * @throws InterruptedException when the caller gives up
   */
  public Optional<LimitOutcome> limit(Limit limit, String by) throws InterruptedException {
    SourceId chosen = latest.get().source(Capability.LIMITS);
    for (Feed feed : feeds) {
      PollLoop<List<LimitInForce>> loop = feed.limitLoop();
      LimitController controller = feed.limitController();
      if (feed.id().equals(chosen) && loop != null && controller != null) {
        listener.limitWanted(limit, by);
        return Optional.of(apply(limit, loop, controller));
      }
    }
    return Optional.empty();
  }

  private static LimitOutcome apply(
      Limit limit, PollLoop<List<LimitInForce>> loop, LimitController controller)
      throws InterruptedException {
    CompletableFuture<LimitOutcome> outcome =
        loop.command(() -> Objects.requireNonNull(controller.apply(limit), "the outcome is null"));
    try {
      return outcome.get(LIMIT_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return new LimitOutcome.Failed(
          FailureKind.TIMED_OUT, "no answer within " + LIMIT_DEADLINE.toSeconds() + " s");
    } catch (CancellationException ended) {
      return new LimitOutcome.Failed(FailureKind.UNREACHABLE, "MHS is being stopped");
    } catch (ExecutionException failure) {
      return failure.getCause() instanceof InterruptedException
          ? new LimitOutcome.Failed(
              FailureKind.TIMED_OUT,
              "the box did not answer in time; what came about shows when its limits are read again")
          : new LimitOutcome.Failed(FailureKind.BUG, String.valueOf(failure.getCause()));
    } finally {
      outcome.cancel(false); // what was reported as failed must not be done later
    }
  }
}
