package dev.mhs.source.local.link;

import dev.mhs.api.MacAddress;

/** Numbers in network byte order. Pure; the caller has checked the length. */
final class Octets {
  private Octets() {}

  static int two(byte[] octets, int at) {
    return ((octets[at] & 0xff) << 8) | (octets[at + 1] & 0xff);
  }

  static MacAddress mac(byte[] octets, int at) {
    long value = 0;
    for (int index = 0; index < 6; index++) {
      value = (value << 8) | (octets[at + index] & 0xff);
    }
    return new MacAddress(value);
  }

  static void putMac(MacAddress mac, byte[] octets, int at) {
    for (int index = 0; index < 6; index++) {
      octets[at + index] = (byte) (mac.value() >>> (8 * (5 - index)));
    }
  }
}
