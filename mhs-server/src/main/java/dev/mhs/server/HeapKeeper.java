package dev.mhs.server;

import dev.mhs.core.spi.TimeSource;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Keeps the heap as small as what lives in it. What outlives a minute, such as the last answer of a
 * router, is moved to the old generation, and the serial collector lets that grow up to {@code
 * -Xmx} before it looks what of it is garbage (measured with JDK 25: half a megabyte a minute). So
 * it is asked to look when there is some. For one thread at a time.
 */
final class HeapKeeper {
  /** A look takes some 50 ms, and must not be taken for less. */
  static final long WORTH_A_LOOK = 4L << 20; // bytes

  /** How often it is asked at most. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private final LongSupplier grown;
  private final Runnable collect;
  private final TimeSource time;
  private long lastLook;

  /**
   * Makes one.
   *
   * @param grown by how many bytes the old generation has grown since it was collected last
   * @param collect collects it
   * @param time the clocks
   */
  HeapKeeper(LongSupplier grown, Runnable collect, TimeSource time) {
    this.grown = grown;
    this.collect = collect;
    this.time = time;
    this.lastLook = time.nanos();
  }

  /**
   * Returns the keeper of this process's heap. With a collector that tells nothing about an old
   * generation it does nothing.
   *
   * @param time the clocks
   */
  static HeapKeeper ofThisProcess(TimeSource time) {
    List<MemoryPoolMXBean> old =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .filter(pool -> pool.getName().equals("Tenured Gen"))
            .toList();
    return new HeapKeeper(() -> old.stream().mapToLong(HeapKeeper::grown).sum(), System::gc, time);
  }

  private static long grown(MemoryPoolMXBean pool) {
    MemoryUsage afterCollection = pool.getCollectionUsage(); // 0 before the first
    return afterCollection == null ? 0 : pool.getUsage().getUsed() - afterCollection.getUsed();
  }

  /** Has a look if it is time. Takes as long as a collection when there was one. */
  void look() {
    if (time.nanos() - lastLook >= PAUSE.toNanos()) {
      lastLook = time.nanos();
      if (grown.getAsLong() >= WORTH_A_LOOK) {
        collect.run();
      }
    }
  }
}
