package dev.mhs.source.local.name;

import dev.mhs.core.spi.TimeSource;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the names of addresses and asks for them in the background. Nobody waits for a name:
 * the first question for an address is answered with null, a later one with what was found. {@link
 * #nameOf} is for one thread at a time; the background may be any.
 */
public final class ReverseNames {
  /** How many addresses are remembered at most. */
  public static final int MOST = 4096;

  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final Duration KEPT_WITHOUT_NAME = Duration.ofMinutes(5);

  private record Known(@Nullable String name, long untilNanos, boolean asking) {}

  private final Resolver resolver;
  private final TimeSource time;
  private final Executor background;
  private final Supplier<List<String>> localDomains;
  private final ConcurrentMap<InetAddress, Known> known = new ConcurrentHashMap<>();

  /**
   * Makes an empty memory.
   *
   * @param resolver asks for names
   * @param time the clocks
   * @param background runs the questions; may refuse them once it is shut down
   * @param localDomains tells the household's own domains
   */
  public ReverseNames(
      Resolver resolver,
      TimeSource time,
      Executor background,
      Supplier<List<String>> localDomains) {
    this.resolver = resolver;
    this.time = time;
    this.background = background;
    this.localDomains = localDomains;
  }

  /**
   * Returns the name of an address, as far as it is known by now. Never blocks.
   *
   * @param address the address
   * @return its name, or null when it has none or it is not known yet; while a name is asked for
   *     anew, the old one
   */
  public @Nullable String nameOf(InetAddress address) {
    Known now = known.get(address);
    long nanos = time.nanos();
    if (now != null && (now.asking || now.untilNanos - nanos > 0)) {
      return now.name;
    }
    String old = now == null ? null : now.name;
    if (now == null && !hasRoom(nanos)) {
      return null;
    }
    known.put(address, new Known(old, nanos, true));
    background.execute(() -> ask(address));
    return old;
  }

  private boolean hasRoom(long nanos) {
    if (known.size() >= MOST) {
      known.values().removeIf(each -> !each.asking && each.untilNanos - nanos <= 0);
    }
    return known.size() < MOST;
  }

  private void ask(InetAddress address) {
    String name = null;
    try {
      name = HostNames.shown(resolver.nameOf(address), localDomains.get());
    } finally {
      Duration kept = name == null ? KEPT_WITHOUT_NAME : KEPT;
      known.put(address, new Known(name, time.nanos() + kept.toNanos(), false));
    }
  }
}
