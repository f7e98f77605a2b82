package dev.mhs.source.local.limit;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;

/**
 * One direction of a device's limit as our table tells it.
 *
 * @param key the device
 * @param direction which way
 * @param minor the class in which its packets wait
 * @param rate how fast they may go on
 */
record LimitEntry(DeviceKey key, Direction direction, int minor, BitRate rate) {
  /** Returns the map in which it stands. */
  String map() {
    return direction.map()
        + switch (key) {
          case DeviceKey.ByMac byMac -> "";
          case DeviceKey.ByAddress(var address) -> address.getAddress().length == 4 ? "4" : "6";
        };
  }

  /** Returns it as nft(8) writes an element. */
  String element() {
    String who =
        switch (key) {
          case DeviceKey.ByMac(var mac) -> mac.toString();
          case DeviceKey.ByAddress(var address) -> IpLiteral.text(address);
        };
    return "%s comment \"%d\" : %s".formatted(who, rate.bitsPerSecond(), direction.classId(minor));
  }
}
