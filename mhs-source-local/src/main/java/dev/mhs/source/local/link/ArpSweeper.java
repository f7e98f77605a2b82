package dev.mhs.source.local.link;

import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.local.link.ArpTable.Place;
import dev.mhs.source.local.sweep.Pacer;
import dev.mhs.source.local.sweep.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks by ARP, on a thread of its own that lives while there is somebody to ask. Who is known goes
 * before strangers; strangers that did not answer are asked once more, for a frame may get lost and
 * a phone may sleep. Any thread.
 */
final class ArpSweeper implements AutoCloseable {
  private static final int BURST = 32;

  /** A /24 takes half a second, and a radio network a tenth of its time (60 octets at 1 Mbit/s). */
  private static final int PER_SECOND = 500;

  /** Before those that did not answer are asked again. */
  private static final Duration BETWEEN_PASSES = Duration.ofMillis(200);

  /** Sends one question now. */
  @FunctionalInterface
  interface Asker {
    void ask(Place place);
  }

  private record Stranger(Place place, Instant askedAt) {}

  private final Asker asker;
  private final ArpTable table;
  private final TimeSource time;
  private final Pause pause;
  private final ThreadFactory threads;
  private final Pacer pacer; // for the asking thread
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Place> known = new ArrayDeque<>(); // guarded by lock, as all below
  private final Deque<Place> strangers = new ArrayDeque<>();
  private final Deque<Stranger> again = new ArrayDeque<>();
  private final Set<Place> waiting = new HashSet<>();
  private @Nullable Thread sender;
  private boolean closed;

  ArpSweeper(Asker asker, ArpTable table, TimeSource time, Pause pause, ThreadFactory threads) {
    this.asker = asker;
    this.table = table;
    this.time = time;
    this.pause = pause;
    this.threads = threads;
    pacer = new Pacer(BURST, PER_SECOND, time.nanos());
  }

  /** Hands questions over and returns at once. Who waits to be asked already is asked once. */
  void ask(Collection<Place> whom, boolean areKnown) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      for (Place place : whom) {
        if (waiting.add(place)) {
          (areKnown ? known : strangers).add(place);
        }
      }
      if (sender == null && !waiting.isEmpty()) {
        sender = threads.newThread(this::run);
        sender.start();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (Optional<Place> next = next(); next.isPresent(); next = next()) {
        Duration wait = pacer.take(time.nanos());
        if (wait.isPositive()) {
          pause.pause(wait);
        }
        asker.ask(next.get());
      }
    } catch (InterruptedException ended) {
      leave(); // only close() interrupts this thread, and it has emptied the queues
    }
  }

  /** Takes the next question; without one, the thread is on its way out. */
  private Optional<Place> next() throws InterruptedException {
    Optional<Place> waited = poll();
    while (waited.isEmpty() && beginSecondPass()) {
      waited = poll();
    }
    return waited;
  }

  private Optional<Place> poll() {
    lock.lock();
    try {
      Place place = known.poll();
      if (place == null) {
        place = strangers.poll();
        if (place != null) {
          again.add(new Stranger(place, time.instant()));
        }
      }
      if (place == null) {
        if (again.isEmpty()) {
          leave();
        }
        return Optional.empty();
      }
      waiting.remove(place);
      return Optional.of(place);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for answers to the first pass; false when there was none. */
  private boolean beginSecondPass() throws InterruptedException {
    lock.lock();
    try {
      if (again.isEmpty() || !Thread.currentThread().equals(sender)) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    pause.pause(BETWEEN_PASSES);
    lock.lock();
    try {
      for (Stranger each = again.poll(); each != null; each = again.poll()) {
        if (!table.isHeardSince(each.place(), each.askedAt()) && waiting.add(each.place())) {
          known.add(each.place());
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      sender = null;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the asking thread and forgets who was waiting. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      known.clear();
      strangers.clear();
      again.clear();
      waiting.clear();
      if (sender != null) {
        sender.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
