package dev.mhs.simulator.world;

import dev.mhs.simulator.world.Member.Traits;
import java.util.List;

/** Households to play. */
public final class Household {
  /** Twenty-one devices of a family: at the router, in the air, behind the switch. */
  public static final List<Member> FAMILY =
      List.of(
          new Member(
              "nas",
              "00:11:32:5A:10:01",
              10,
              Place.atSwitch("ether2"),
              new Traits("NAS in the cellar", true, 0, 0),
              List.of(Habit.backup(900, 4), Habit.serving(443, 12, 18), Habit.lookups(40))),
          new Member(
              "desk-anna",
              "A4:BB:6D:5A:10:02",
              20,
              Place.atSwitch("ether3"),
              Traits.SIX,
              List.of(Habit.browsing(7), Habit.download(350, 4), Habit.lookups(8))),
          new Member(
              "DESKTOP-BEN",
              "3C:7C:3F:5A:10:03",
              21,
              Place.router("ether3"),
              Traits.SIX,
              List.of(Habit.browsing(12), Habit.download(1_500, 9), Habit.lookups(9))),
          new Member(
              "notebook-anna",
              "F0:18:98:5A:10:04",
              22,
              Place.router("wifi2"),
              new Traits("", true, 90, 12),
              List.of(Habit.call(2.4, 30, 6), Habit.browsing(15), Habit.lookups(10))),
          new Member(
              "tv-livingroom",
              "7C:1C:4E:5A:10:05",
              30,
              Place.router("ether4"),
              new Traits("TV living room", true, 0, 0),
              List.of(Habit.streaming(16, 50, 3), Habit.keepalive(30), Habit.lookups(30))),
          new Member(
              "Chromecast",
              "54:60:09:5A:10:06",
              31,
              Place.router("wifi2"),
              Traits.SIX,
              List.of(Habit.streaming(6, 25, 10), Habit.keepalive(20), Habit.lookups(25))),
          new Member(
              "PS5-kids",
              "78:C8:81:5A:10:07",
              32,
              Place.atSwitch("ether4"),
              Traits.PLAIN,
              List.of(Habit.call(0.3, 40, 5), Habit.download(4_000, 25), Habit.lookups(30))),
          phone("Annas-iPhone", "9E:21:4F:5A:10:08", 40, 14),
          phone("Ben-s-Pixel", "DA:A1:19:5A:10:09", 41, 20),
          phone("Galaxy-Mia", "2E:7B:0C:5A:10:0A", 42, 9),
          phone("", "66:0F:31:5A:10:0B", 43, 30),
          new Member(
              "iPad",
              "F4:0F:24:5A:10:0C",
              44,
              Place.router("wifi2"),
              new Traits("", true, 70, 20),
              List.of(Habit.streaming(5, 12, 4), Habit.browsing(25), Habit.lookups(20))),
          new Member(
              "BRW-printer",
              "30:05:5C:5A:10:0D",
              50,
              Place.atSwitch("ether5"),
              new Traits("Printer", false, 0, 0),
              List.of(Habit.keepalive(120))),
          thing("shelly-kitchen", "8C:AA:B5:5A:10:0E", 60, "wifi1"),
          thing("shelly-heating", "8C:AA:B5:5A:10:0F", 61, "wifi1"),
          thing("esp-weather", "24:6F:28:5A:10:10", 62, "wifi1"),
          thing("hue-bridge", "00:17:88:5A:10:11", 63, "ether2"),
          thing("roborock", "50:EC:50:5A:10:12", 64, "wifi1"),
          new Member(
              "homeassistant",
              "DC:A6:32:5A:10:13",
              70,
              Place.atSwitch("ether6"),
              new Traits("Home Assistant", true, 0, 0),
              List.of(Habit.keepalive(15), Habit.browsing(90), Habit.pinging())),
          new Member(
              "cam-door",
              "9C:8E:CD:5A:10:14",
              71,
              Place.atSwitch("ether7"),
              new Traits("Camera at the door", false, 0, 0),
              List.of(Habit.call(1.1, 600, 1), Habit.keepalive(30))),
          new Member(
              "guest",
              "C6:5D:92:5A:10:15",
              90,
              Place.router("wifi2"),
              new Traits("", true, 25, 15),
              List.of(Habit.browsing(9), Habit.streaming(4, 8, 4), Habit.lookups(12))));

  /**
   * The same family on ordinary days: some tens of gigabytes a day instead of a line that is hardly
   * ever at rest. Its camera films.
   */
  public static final List<Member> EVERYDAY = FAMILY.stream().map(Household::everyday).toList();

  private Household() {}

  private static Member everyday(Member busy) {
    List<Habit> habits =
        busy.host() == 71
            ? List.of(Habit.filming(4), Habit.keepalive(30))
            : busy.habits().stream().map(Household::everyday).toList();
    return new Member(busy.name(), busy.mac(), busy.host(), busy.place(), busy.traits(), habits);
  }

  private static Habit everyday(Habit busy) {
    return switch (busy.name()) {
      case "backup" -> busy.gentler(15, 0.4);
      case "serving" -> busy.gentler(12, 0.5);
      case "download" -> busy.gentler(9, 0.3);
      case "streaming" -> busy.gentler(6, 0.6);
      case "call" -> busy.gentler(8, 1);
      case "browsing" -> busy.gentler(2, 1);
      default -> busy;
    };
  }

  private static Member phone(String name, String mac, int host, double pause) {
    return new Member(
        name,
        mac,
        host,
        Place.router("wifi2"),
        new Traits("", true, 45, 14),
        List.of(Habit.keepalive(25), Habit.browsing(pause), Habit.lookups(pause)));
  }

  private static Member thing(String name, String mac, int host, String port) {
    return new Member(
        name,
        mac,
        host,
        Place.router(port),
        Traits.PLAIN,
        List.of(Habit.keepalive(45), Habit.lookups(120)));
  }
}
