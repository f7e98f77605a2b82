package dev.mhs.source.local.count.capture;

import dev.mhs.source.local.count.Network;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Ranges of addresses of one family, as numbers of 128 bits; those of IPv4 have 32 of them. */
final class Ranges {
  private final long[] highs;
  private final long[] highMasks;
  private final long[] lows;
  private final long[] lowMasks;

  private Ranges(List<Network> networks) {
    int count = networks.size();
    highs = new long[count];
    highMasks = new long[count];
    lows = new long[count];
    lowMasks = new long[count];
    for (int i = 0; i < count; i++) {
      byte[] octets = networks.get(i).base().getAddress();
      int unused = 2 * Long.SIZE - octets.length * Byte.SIZE;
      int prefix = unused + networks.get(i).prefixLength();
      ByteBuffer address = ByteBuffer.allocate(2 * Long.BYTES);
      address.position(unused / Byte.SIZE).put(octets).rewind();
      highMasks[i] = mask(prefix);
      lowMasks[i] = mask(prefix - Long.SIZE);
      highs[i] = address.getLong() & highMasks[i];
      lows[i] = address.getLong() & lowMasks[i];
    }
  }

  static Ranges of(Collection<Network> networks, boolean isIpv4) {
    return new Ranges(networks.stream().filter(each -> each.isIpv4() == isIpv4).toList());
  }

  /** Returns the household's and those that are nobody's. */
  static Ranges notOutside(Collection<Network> household, boolean isIpv4) {
    return of(Stream.concat(household.stream(), Network.nowhere().stream()).toList(), isIpv4);
  }

  /** Returns 64 bits of which the first are set. */
  private static long mask(int bits) {
    return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
  }

  boolean hold(long high, long low) {
    for (int i = 0; i < highs.length; i++) {
      if ((high & highMasks[i]) == highs[i] && (low & lowMasks[i]) == lows[i]) {
        return true;
      }
    }
    return false;
  }
}
