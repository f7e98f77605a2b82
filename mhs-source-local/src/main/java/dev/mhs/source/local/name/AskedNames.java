package dev.mhs.source.local.name;

import dev.mhs.core.spi.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks devices themselves what they are called, seldom and in the background, and remembers it. Any
 * thread.
 */
public final class AskedNames {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration KEPT_WITHOUT_NAME = Duration.ofMinutes(10);

  /** How many devices are asked in one go. */
  private static final int MOST_AT_ONCE = 64;

  private static final int MOST = 4096;

  /**
   * A device that may be asked.
   *
   * @param interfaceName behind which interface it is
   * @param own our own address there
   * @param address its address
   */
  public record Candidate(String interfaceName, InetAddress own, InetAddress address) {}

  private record Known(
      @Nullable String multicast,
      @Nullable String netbios,
      @Nullable String friendly,
      long untilNanos) {}

  private final Interviewer interviewer;
  private final TimeSource time;
  private final Executor background;
  private final Map<InetAddress, Known> known = new ConcurrentHashMap<>();
  private final AtomicBoolean isAsking = new AtomicBoolean();

  /**
   * Makes an empty memory.
   *
   * @param interviewer asks
   * @param time the monotonic clock
   * @param background runs the questions; may refuse them once it is shut down
   */
  public AskedNames(Interviewer interviewer, TimeSource time, Executor background) {
    this.interviewer = interviewer;
    this.time = time;
    this.background = background;
  }

  /**
   * Asks those whose name is not known, or was not asked for long. Returns at once.
   *
   * @param present the devices that are there, each by its first address
   */
  public void ask(List<Candidate> present) {
    long now = time.nanos();
    List<Candidate> due =
        present.stream().filter(each -> isDue(each.address(), now)).limit(MOST_AT_ONCE).toList();
    if (!due.isEmpty() && isAsking.compareAndSet(false, true)) {
      if (known.size() >= MOST) {
        known.values().removeIf(each -> each.untilNanos() - now <= 0);
      }
      background.execute(() -> interview(due));
    }
  }

  private boolean isDue(InetAddress address, long now) {
    Known one = known.get(address);
    return one == null ? known.size() < MOST : one.untilNanos() - now <= 0;
  }

  private void interview(List<Candidate> due) {
    try {
      due.stream()
          .collect(
              Collectors.groupingBy(
                  Candidate::interfaceName, LinkedHashMap::new, Collectors.toList()))
          .forEach(this::interview);
    } finally {
      isAsking.set(false);
    }
  }

  private void interview(String interfaceName, List<Candidate> there) {
    Set<InetAddress> whom =
        there.stream().map(Candidate::address).collect(Collectors.toUnmodifiableSet());
    Interviewer.Answers answers = new Interviewer.Answers();
    try {
      answers = interviewer.ask(interfaceName, there.getFirst().own(), whom);
    } catch (IOException refused) {
      System.getLogger(AskedNames.class.getName())
          .log(System.Logger.Level.DEBUG, "no names by " + interfaceName + ": " + refused);
    } finally { // whatever happened, they are not asked again at once
      for (InetAddress each : whom) {
        keep(each, answers);
      }
    }
  }

  private void keep(InetAddress address, Interviewer.Answers answers) {
    String multicast = answers.multicast().get(address);
    String netbios = answers.netbios().get(address);
    String friendly = answers.friendly().get(address);
    boolean hasName = multicast != null || netbios != null || friendly != null;
    Duration kept = hasName ? KEPT : KEPT_WITHOUT_NAME;
    known.put(address, new Known(multicast, netbios, friendly, time.nanos() + kept.toNanos()));
  }

  /**
   * Returns the host name that a device told by multicast DNS.
   *
   * @param address its address
   * @return the name as it was told, or null
   */
  public @Nullable String multicast(InetAddress address) {
    return told(address, Known::multicast);
  }

  /**
   * Returns the name that a device told by NetBIOS.
   *
   * @param address its address
   * @return the name as it was told, or null
   */
  public @Nullable String netbios(InetAddress address) {
    return told(address, Known::netbios);
  }

  /**
   * Returns what a device calls itself for people, by UPnP.
   *
   * @param address its address
   * @return the name as it was told, or null
   */
  public @Nullable String friendly(InetAddress address) {
    return told(address, Known::friendly);
  }

  private @Nullable String told(InetAddress address, Function<Known, @Nullable String> which) {
    Known one = known.get(address);
    return one == null ? null : which.apply(one);
  }
}
