package dev.mhs.source.local.count.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * What addresses moved: a table with open addressing over arrays of numbers. One thread adds; any
 * other may read meanwhile, without locks, and sees each counter as it is or was a moment ago.
 *
 * <p>It is bounded, whatever strangers send: when it is full, those who moved the fewest packets
 * are forgotten, at least half of it. A device that talks is kept before an address that somebody
 * made up.
 */
final class AddressTable {
  /** Of addresses. */
  static final int MOST = 1 << 16;

  private static final int SMALLEST = 1 << 8;
  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

  /**
   * Of each slot: both halves of the address, packets, bytes up, bytes down; unused at 0 packets.
   */
  private static final int WIDTH = 5;

  private static final int PACKETS = 2;
  private static final int UP = 3;
  private static final int DOWN = 4;

  private volatile long[] cells = new long[SMALLEST * WIDTH];
  private int used;
  private long forgotten;

  /** Takes what an address moved. */
  interface Reader {
    void take(long high, long low, long upBytes, long downBytes);
  }

  /** Adds a packet of an address. Only ever called by one thread. */
  void add(long high, long low, long upBytes, long downBytes) {
    long[] own = cells;
    int at = find(own, high, low);
    if (own[at + PACKETS] == 0) {
      if (isFull(own)) {
        own = makeRoom(own);
        at = find(own, high, low);
      }
      own[at] = high;
      own[at + 1] = low;
      used++;
    }
    CELLS.setOpaque(own, at + UP, own[at + UP] + upBytes);
    CELLS.setOpaque(own, at + DOWN, own[at + DOWN] + downBytes);
    CELLS.setRelease(own, at + PACKETS, own[at + PACKETS] + 1); // shows the slot once it is whole
  }

  private boolean isFull(long[] own) {
    return used >= MOST || used * 2 >= own.length / WIDTH;
  }

  private long[] makeRoom(long[] full) {
    long[] made;
    if (used < MOST) {
      made = new long[full.length * 2];
      copy(full, made, 0);
    } else {
      made = new long[full.length];
      for (long fewest = 1; used > MOST / 2; fewest *= 2) {
        Arrays.fill(made, 0);
        copy(full, made, fewest);
      }
    }
    cells = made;
    return made;
  }

  /** Copies those who moved more packets than that. */
  private void copy(long[] from, long[] to, long moreThan) {
    int kept = 0;
    for (int at = 0; at < from.length; at += WIDTH) {
      if (from[at + PACKETS] > moreThan) {
        System.arraycopy(from, at, to, find(to, from[at], from[at + 1]), WIDTH);
        kept++;
      }
    }
    forgotten += used - kept;
    used = kept;
  }

  /** Returns where an address is, or would be. */
  private static int find(long[] own, long high, long low) {
    int slots = own.length / WIDTH; // a power of two
    int slot = (int) mixed(high, low) & slots - 1;
    while (own[slot * WIDTH + PACKETS] != 0
        && (own[slot * WIDTH] != high || own[slot * WIDTH + 1] != low)) {
      slot = slot + 1 & slots - 1;
    }
    return slot * WIDTH;
  }

  /** The finalizer of MurmurHash3 (public domain), so that neighbours do not crowd together. */
  private static long mixed(long high, long low) {
    long hash = high * 0x9e3779b97f4a7c15L ^ low;
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }

  /** Reads all. Any thread. */
  void read(Reader reader) {
    long[] seen = cells;
    for (int at = 0; at < seen.length; at += WIDTH) {
      if ((long) CELLS.getAcquire(seen, at + PACKETS) != 0) {
        reader.take(
            seen[at],
            seen[at + 1],
            (long) CELLS.getOpaque(seen, at + UP),
            (long) CELLS.getOpaque(seen, at + DOWN));
      }
    }
  }

  /** Returns how many addresses are in it; for the thread that adds. */
  int size() {
    return used;
  }

  /** Returns how many were forgotten; for the thread that adds. */
  long forgotten() {
    return forgotten;
  }
}
