package example.household;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.api.Port;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a router would have counted, had its devices moved what the file says. Any thread. */
final class Counters {
  private static final String LINE = "ether1";
  private static final BitRate GIGABIT = BitRate.ofMegabits(1000);

  private static final long EPOCH = 1;

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<MacAddress, Moved> devices = new HashMap<>();
  private final Map<String, Moved> ports = new HashMap<>();
  private Moment at;

  /** Bytes since the household was opened, from the viewpoint of the devices. */
  private record Moved(long download, long upload) {
    static final Moved NOTHING = new Moved(0, 0);

    Moved plus(Moved more) {
      return new Moved(download + more.download, upload + more.upload);
    }
  }

  Counters(TimeSource time) {
    this.time = time;
    this.at = time.moment();
  }

  /** Lets everybody move what the file says for the time since the last call. */
  void advance(List<Member> members) {
    lock.lock();
    try {
      Moment now = time.moment();
      Duration over = now.since(at);
      at = now;
      for (Member member : members) {
        Moved more = new Moved(member.download().bytesIn(over), member.upload().bytesIn(over));
        devices.merge(member.mac(), more, Moved::plus);
        ports.merge(member.port(), more, Moved::plus);
        ports.merge(LINE, more, Moved::plus);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What everybody moved, all counted at the same instant. */
  BandwidthReading reading(List<Member> members) {
    return locked(
        () -> {
          Map<DeviceKey, Usage> usages = new HashMap<>();
          for (Member member : members) {
            Moved moved = devices.getOrDefault(member.mac(), Moved.NOTHING);
            usages.put(new DeviceKey.ByMac(member.mac()), totals(moved));
          }
          Usage line = totals(ports.getOrDefault(LINE, Moved.NOTHING));
          return new BandwidthReading(at, "played", usages, line, null);
        });
  }

  /** The router with its ports. */
  Box box() {
    return locked(
        () -> new Box("household", "gateway", "hAP ax³", Box.Role.ROUTER, at, portsOfTheRouter()));
  }

  private List<Port> portsOfTheRouter() {
    Stream<Port> copper =
        IntStream.rangeClosed(2, 5)
            .mapToObj(number -> "ether" + number)
            .map(name -> port(name, "ether", GIGABIT));
    Stream<Port> air = Stream.of("wifi1", "wifi2").map(name -> port(name, "wifi", null));
    return Stream.of(Stream.of(line(GIGABIT)), copper, air).flatMap(ports -> ports).toList();
  }

  /** Towards the provider the port receives what the devices download. */
  private Port line(BitRate speed) {
    Moved moved = ports.getOrDefault(LINE, Moved.NOTHING);
    return new Port(
        LINE,
        "ether",
        Port.Link.UP,
        speed,
        null,
        "fibre",
        true,
        counted(moved.download, moved.upload));
  }

  /** Towards the devices the port sends what they download. */
  private Port port(String name, String type, @Nullable BitRate speed) {
    Moved moved = ports.get(name);
    return moved == null
        ? new Port(name, type, Port.Link.DOWN, null, null, null, false, counted(0, 0))
        : new Port(
            name,
            type,
            Port.Link.UP,
            speed,
            null,
            null,
            false,
            counted(moved.upload, moved.download));
  }

  private static Port.Counters counted(long rx, long tx) {
    return new Port.Counters(rx, tx, CounterWidth.BITS_64, EPOCH, null, null);
  }

  private static Usage totals(Moved moved) {
    return new Usage.Totals(moved.download, moved.upload, CounterWidth.BITS_64, EPOCH);
  }

  private <T> T locked(Supplier<T> reading) {
    lock.lock();
    try {
      return reading.get();
    } finally {
      lock.unlock();
    }
  }
}
