package dev.mhs.server.connect;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Counts who is there by address, so that one neighbour cannot take every place. Whoever holds an
 * IPv6 network of its own has addresses without end: the 64 bits that name a network (RFC 4291
 * §2.5.4) are counted too, for a whole household may live in one. Thread-safe.
 */
public final class Crowd {
  /** How many more a network of IPv6 may hold than one address. */
  static final int NETWORK_TIMES = 8;

  private static final int NETWORK_BYTES = 8;

  private final int most;
  private final Predicate<InetAddress> unbounded;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ByteBuffer, Integer> counts = new HashMap<>(); // guarded by lock

  /**
   * Makes an empty one.
   *
   * @param most how many one address may hold
   * @param unbounded the addresses that speak for others, and are not bounded
   */
  public Crowd(int most, Predicate<InetAddress> unbounded) {
    this.most = most;
    this.unbounded = unbounded;
  }

  /**
   * Lets one in; whoever came in must {@link #leave} once.
   *
   * @param from the address
   * @return false when there are as many as may be
   */
  public boolean enter(InetAddress from) {
    lock.lock();
    try {
      boolean free = unbounded.test(from) || hasPlace(from);
      if (free) {
        count(from, 1);
      }
      return free;
    } finally {
      lock.unlock();
    }
  }

  /** Lets one out again. */
  public void leave(InetAddress from) {
    lock.lock();
    try {
      count(from, -1);
    } finally {
      lock.unlock();
    }
  }

  /** How many addresses and networks are counted. */
  int size() {
    lock.lock();
    try {
      return counts.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasPlace(InetAddress from) {
    byte[] bytes = from.getAddress();
    return held(ByteBuffer.wrap(bytes)) < most
        && (bytes.length == 4 || held(network(bytes)) < most * NETWORK_TIMES);
  }

  private int held(ByteBuffer key) {
    return counts.getOrDefault(key, 0);
  }

  private void count(InetAddress from, int change) {
    byte[] bytes = from.getAddress();
    counts.merge(ByteBuffer.wrap(bytes), change, Crowd::sum);
    if (bytes.length > 4) {
      counts.merge(network(bytes), change, Crowd::sum);
    }
  }

  /** A map forgets a key whose new value is null. */
  @SuppressWarnings("NullAway") // as Map.merge has it
  private static Integer sum(Integer before, Integer change) {
    int now = before + change;
    return now == 0 ? null : now;
  }

  private static ByteBuffer network(byte[] address) {
    return ByteBuffer.wrap(address, 0, NETWORK_BYTES).slice();
  }
}
