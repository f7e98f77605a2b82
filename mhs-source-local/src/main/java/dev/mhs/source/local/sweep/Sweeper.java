package dev.mhs.source.local.sweep;

import dev.mhs.core.spi.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends probes on a thread of its own, which lives while there is something to send. Known
 * neighbors go before strangers, so that a long sweep does not let their proof grow old. Any
 * thread.
 */
public final class Sweeper implements AutoCloseable {
  private static final int BURST = 256;
  private static final int PER_SECOND = 50;
  private static final int GIVE_UP_AFTER = 16; // refusals in a row on one interface

  private final ProbeSocket socket;
  private final TimeSource time;
  private final Pause pause;
  private final ThreadFactory threads;
  private final Pacer pacer; // for the sending thread
  private final Map<InetAddress, Instant> knownAskedAt = new ConcurrentHashMap<>();
  private final Map<String, String> refusals = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Probe> known = new ArrayDeque<>(); // guarded by lock, as all below
  private final Deque<Probe> strangers = new ArrayDeque<>();
  private final Set<InetAddress> waiting = new HashSet<>();
  private @Nullable Thread sender;
  private boolean closed;

  /**
   * Makes a sweeper that has nothing to do yet.
   *
   * @param socket sends
   * @param time both clocks
   * @param pause waits between two probes
   * @param threads makes the sending thread
   */
  public Sweeper(ProbeSocket socket, TimeSource time, Pause pause, ThreadFactory threads) {
    this.socket = socket;
    this.time = time;
    this.pause = pause;
    this.threads = threads;
    pacer = new Pacer(BURST, PER_SECOND, time.nanos());
  }

  /**
   * Hands probes over. Returns at once. A target that is waiting already is not asked twice.
   *
   * @param probes whom to ask
   */
  public void ask(Collection<Probe> probes) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      for (Probe probe : probes) {
        if (waiting.add(probe.target())) {
          (probe.known() ? known : strangers).add(probe);
        }
      }
      if (sender == null && !waiting.isEmpty()) {
        sender = threads.newThread(this::send);
        sender.start();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when a known neighbor was last asked.
   *
   * @param target its address
   * @return when the probe left, or null when none did
   */
  public @Nullable Instant askedAt(InetAddress target) {
    return knownAskedAt.get(target);
  }

  /**
   * Forgets when neighbors were asked that are not remembered any more.
   *
   * @param remembered the neighbors that are
   */
  public void retain(Set<InetAddress> remembered) {
    knownAskedAt.keySet().retainAll(remembered);
  }

  /**
   * Returns why the kernel refused to send, by interface.
   *
   * @return the reasons in the kernel's words; empty when the last probe of each interface left
   */
  public Map<String, String> refusals() {
    return new LinkedHashMap<>(refusals);
  }

  /** Ends the sending thread and forgets what was waiting. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      known.clear();
      strangers.clear();
      waiting.clear();
      if (sender != null) {
        sender.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void send() {
    Map<String, Integer> inARow = new LinkedHashMap<>();
    try {
      for (Optional<Probe> next = next(); next.isPresent(); next = next()) {
        Probe probe = next.get();
        if (inARow.getOrDefault(probe.interfaceName(), 0) < GIVE_UP_AFTER) {
          waitForPermission();
          boolean left = left(probe);
          inARow.merge(probe.interfaceName(), 1, (before, one) -> left ? 0 : before + one);
        }
      }
    } catch (InterruptedException ended) {
      leave(); // only close() interrupts this thread, and it has emptied the queues
    }
  }

  /** Takes the next probe; without one, the thread is on its way out. */
  private Optional<Probe> next() {
    lock.lock();
    try {
      Probe probe = known.isEmpty() ? strangers.poll() : known.poll();
      if (probe == null) {
        leave();
        return Optional.empty();
      }
      waiting.remove(probe.target());
      return Optional.of(probe);
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of the socket before another thread may be started that uses it. */
  private void leave() {
    lock.lock();
    try {
      socket.close();
      sender = null;
    } finally {
      lock.unlock();
    }
  }

  private void waitForPermission() throws InterruptedException {
    Duration wait = pacer.take(time.nanos());
    if (wait.isPositive()) {
      pause.pause(wait);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private boolean left(Probe probe) {
    try {
      socket.send(probe);
    } catch (IOException refused) {
      refusals.put(probe.interfaceName(), String.valueOf(refused.getMessage()));
      return false;
    }
    refusals.remove(probe.interfaceName());
    if (probe.known()) {
      knownAskedAt.put(probe.target(), time.instant());
    }
    return true;
  }
}
