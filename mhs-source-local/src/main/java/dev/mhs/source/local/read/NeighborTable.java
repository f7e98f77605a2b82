package dev.mhs.source.local.read;

import dev.mhs.source.local.parse.Neighbor;
import java.util.List;

/** Tells what the kernel remembers about neighbors. One thread at a time. */
@FunctionalInterface
public interface NeighborTable {
  /**
   * What was read.
   *
   * @param entries the entries of the cache
   * @param origin by which way
   */
  record Reading(List<Neighbor> entries, Origin origin) {
    /** Copies the entries. */
    public Reading {
      entries = List.copyOf(entries);
    }
  }

  /** The ways to the cache, the better first. */
  enum Origin {
    /** {@code ip -s neigh}: both families, states, and when they were confirmed. */
    IP_WITH_AGES,
    /** {@code ip neigh} of busybox: both families and states. */
    IP,
    /** {@code /proc/net/arp}: IPv4, complete or not. */
    PROC,
    /** None of them could be read. */
    NOTHING
  }

  /**
   * Reads the cache.
   *
   * @return what it holds now
   * @throws InterruptedException when the deadline has passed or MHS ends
   */
  Reading read() throws InterruptedException;
}
