package dev.mhs.source.local.name;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Asks for the name of an address. Blocks; any thread. */
@FunctionalInterface
public interface Resolver {
  /**
   * Asks for a name.
   *
   * @param address the address
   * @return its name as it was told, or the address itself in digits when it has none
   */
  String nameOf(InetAddress address);

  /**
   * Returns the resolver of this machine (files, DNS, mDNS: whatever nsswitch.conf says). A name is
   * only told when it leads back to the address.
   *
   * @return a resolver that keeps nothing
   */
  static Resolver ofThisMachine() {
    return address -> {
      try {
        // An InetAddress keeps its name for ever, so ask a fresh one.
        return InetAddress.getByAddress(address.getAddress()).getCanonicalHostName();
      } catch (UnknownHostException wrongLength) {
        throw new IllegalStateException("an address has 4 or 16 octets", wrongLength);
      }
    };
  }
}
