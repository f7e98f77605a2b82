package dev.mhs.dist;

import dev.mhs.dist.PlayedHousehold.Thing;
import java.util.List;
import java.util.Random;

/** A household on an evening that somebody might really have: a download, a film, a call. */
final class FamilyEvening {
  private static final List<Thing> FAMILY =
      List.of(
          thing("00:11:32:a4:1b:07", 10, "nas", "Synology", "ether2", 0),
          thing("d8:3a:dd:51:0c:92", 12, "homeassistant", "Raspberry Pi", "ether5", 0),
          thing("64:e4:a5:7d:30:18", 21, "tv-living-room", "LG Electronics", "ether3", 0),
          thing("00:d9:d1:b2:66:4e", 22, "ps5", "Sony Interactive", "ether4", 0),
          thing("f0:18:98:2c:95:a1", 30, "laptop-anna", "Apple", "wifi2", 0),
          thing("8c:8d:28:f3:44:7b", 31, "laptop-ben", "Intel", "wifi2", 0),
          thing("a6:5f:0e:c1:77:d2", 40, "pixel-8", "", "wifi2", 0),
          thing("5e:21:b8:90:3a:46", 41, "iphone-clara", "", "wifi2", 0),
          thing("3c:a6:f6:0d:81:55", 42, "ipad-kitchen", "Apple", "wifi2", 460),
          thing("b4:22:00:6a:e7:19", 50, "printer", "Brother", "wifi1", 0),
          thing("ec:71:db:14:c8:30", 61, "doorbell", "Reolink", "wifi1", 0),
          thing("5c:aa:fd:78:2b:e4", 62, "sonos-kitchen", "Sonos", "wifi1", 0),
          thing("68:37:e9:4b:a3:0f", 70, "kindle", "Amazon", "wifi1", 94_000));

  private final Random random = new Random(42);

  /** Returns what everybody moves some seconds after the evening began. */
  List<Thing> at(double seconds) {
    return FAMILY.stream().map(thing -> moving(thing, seconds)).toList();
  }

  private Thing moving(Thing thing, double seconds) {
    return switch (thing.name()) {
      case "ps5" -> moving(thing, seconds < 35 ? 0.4 : 128 + 14 * Math.sin(seconds / 9), 2.9);
      // A film comes in pieces: some seconds of it at once, then a pause.
      case "tv-living-room" -> moving(thing, seconds % 12 < 4.5 ? 46 : 0.3, 0.4);
      case "nas" -> moving(thing, 0.8, 17.5);
      case "laptop-anna" -> moving(thing, 3.4, 2.9);
      case "laptop-ben" -> moving(thing, seconds % 31 < 6 ? 22 : 0.2, 0.3);
      case "iphone-clara" -> moving(thing, seconds % 9 < 2 ? 12 : 0.6, 0.2);
      case "pixel-8" -> moving(thing, 0.06, 0.03);
      case "doorbell" -> moving(thing, 0.05, 1.8);
      case "sonos-kitchen" -> moving(thing, 0.34, 0.02);
      case "homeassistant" -> moving(thing, 0.09, 0.05);
      default -> thing;
    };
  }

  private Thing moving(Thing thing, double megabitsDown, double megabitsUp) {
    return thing.moving(bits(megabitsDown), bits(megabitsUp));
  }

  /** Within a tenth, for nothing is ever quite even. */
  private long bits(double megabits) {
    return Math.round(megabits * 1e6 * (0.9 + 0.2 * random.nextDouble()));
  }

  private static Thing thing(
      String mac, int host, String name, String vendor, String port, long silentSeconds) {
    return new Thing(mac, "192.168.88." + host, name, vendor, port, silentSeconds, 0, 0);
  }
}
