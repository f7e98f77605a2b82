package dev.mhs.source.local.count.capture;

import dev.mhs.source.local.count.CountingPlan;

/**
 * Takes the head of an Ethernet frame and counts it for whom it is. What is cut short, or is no IP,
 * counts for nobody; lengths that a packet claims for itself are not believed. For one thread.
 */
final class FrameCounter {
  /** What is asked of each frame: Ethernet, two VLAN tags, and IPv6 up to its addresses. */
  static final int HEAD = 14 + 2 * 4 + 40;

  private static final int TYPE = 12; // IEEE 802.3: behind both addresses
  private static final int TAG = 4;
  private static final int MOST_TAGS = 2;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;

  /** RFC 4291 §2.5.5.2: so an IPv4 address stands in the table. */
  private static final long MAPPED = 0xffffL << 32;

  private final AddressTable table = new AddressTable();
  private final Family ipv4;
  private final Family ipv6;
  private final boolean isTrunk;

  /**
   * Makes it.
   *
   * @param plan whose traffic
   * @param isTrunk whether tagged frames are met again at an interface of their VLAN
   */
  FrameCounter(CountingPlan plan, boolean isTrunk) {
    ipv4 = Family.of(plan, true);
    ipv6 = Family.of(plan, false);
    this.isTrunk = isTrunk;
  }

  AddressTable table() {
    return table;
  }

  /**
   * Counts a frame.
   *
   * @param head holds how it begins
   * @param from where that is in it
   * @param end where it is no longer
   * @param frameBytes how long the frame was
   */
  void take(byte[] head, int from, int end, int frameBytes) {
    int at = from + TYPE;
    int tags = 0;
    while (at + 2 <= end && isTag(u16(head, at)) && tags < MOST_TAGS) {
      at += TAG;
      tags++;
    }
    if (at + 2 > end || (tags > 0 && isTrunk)) {
      return;
    }
    int type = u16(head, at);
    int ip = at + 2;
    if (type == IPV4 && ip + 20 <= end && head[ip] >>> 4 == 4) {
      count(ipv4, 0, u32(head, ip + 12), 0, u32(head, ip + 16), frameBytes);
    } else if (type == IPV6 && ip + 40 <= end && head[ip] >>> 4 == 6) {
      count(
          ipv6,
          u64(head, ip + 8),
          u64(head, ip + 16),
          u64(head, ip + 24),
          u64(head, ip + 32),
          frameBytes);
    }
  }

  private void count(
      Family family, long sourceHigh, long source, long targetHigh, long target, int bytes) {
    long mapped = family.mapped;
    if (family.counted.hold(sourceHigh, source) && !family.notOutside.hold(targetHigh, target)) {
      table.add(sourceHigh, source | mapped, bytes, 0);
    } else if (family.counted.hold(targetHigh, target)
        && !family.notOutside.hold(sourceHigh, source)) {
      table.add(targetHigh, target | mapped, 0, bytes);
    }
  }

  /**
   * Whose packets of a family are counted.
   *
   * @param mapped what an address of it has in the table besides
   * @param counted whose
   * @param notOutside with whom they are not
   */
  private record Family(long mapped, Ranges counted, Ranges notOutside) {
    static Family of(CountingPlan plan, boolean isIpv4) {
      return new Family(
          isIpv4 ? MAPPED : 0,
          Ranges.of(plan.counted(), isIpv4),
          Ranges.notOutside(plan.household(), isIpv4));
    }
  }

  /** IEEE 802.1Q and 802.1ad. */
  private static boolean isTag(int type) {
    return type == 0x8100 || type == 0x88a8;
  }

  private static int u16(byte[] from, int at) {
    return ((from[at] & 0xff) << 8) | (from[at + 1] & 0xff);
  }

  private static long u32(byte[] from, int at) {
    return ((long) u16(from, at) << 16) | u16(from, at + 2);
  }

  private static long u64(byte[] from, int at) {
    return (u32(from, at) << 32) | u32(from, at + 4);
  }
}
