package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.mhs.api.Moment;
import dev.mhs.source.routeros.limit.FastTrack;
import dev.mhs.source.routeros.limit.LimitMapper;
import dev.mhs.source.routeros.limit.Queue;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.map.DeviceMapper;
import dev.mhs.source.routeros.map.DeviceRows;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.map.LineMeter;
import dev.mhs.source.routeros.map.PlaceMapper;
import dev.mhs.source.routeros.map.PortMapper;
import dev.mhs.source.routeros.map.SocketCounters;
import dev.mhs.source.routeros.map.Wan;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.parse.RouterDuration;
import dev.mhs.source.routeros.parse.RouterVersion;
import dev.mhs.source.routeros.parse.Row;
import dev.mhs.source.routeros.traffic.Connection;
import dev.mhs.source.routeros.traffic.KidControl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a menu may answer, every mapper makes something of it or leaves it out: all of them are
 * given every recorded answer, be it theirs or not, whole, cut and damaged.
 */
class EveryMapperTest {
  private static final Moment NOW = new Moment(SettableTime.START, 7);

  static List<String> samples() {
    return Samples.names();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anyAnswerIsDigestedByAny(String name) {
    digest(Samples.rows(name));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anyValueMayEndAnywhere(String name) {
    for (Row row : Samples.rows(name)) {
      row.values()
          .forEach(
              (key, value) -> {
                for (int end = 0; end < Math.min(value.length(), 40); end++) {
                  Map<String, String> cut = new LinkedHashMap<>(row.values());
                  cut.put(key, value.substring(0, end));
                  digest(List.of(new Row(cut)));
                }
              });
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anyKeyMayBeMissingAndAnyValueAnothers(String name) {
    long seed = name.hashCode();
    Random random = new Random(seed);
    List<Row> rows = Samples.rows(name);
    for (int round = 0; round < 100; round++) {
      List<Row> damaged = new ArrayList<>();
      for (Row row : rows) {
        damaged.add(damaged(row, random));
      }
      try {
        digest(damaged);
      } catch (RuntimeException escaped) {
        throw new AssertionError("seed " + seed + ", round " + round + ": " + damaged, escaped);
      }
    }
  }

  private static Row damaged(Row row, Random random) {
    List<String> values = new ArrayList<>(row.values().values());
    values.addAll(List.of("", "*", "-1", "99999999999999999999", "true", "a,b,,", "::", "/", "%"));
    Map<String, String> damaged = new LinkedHashMap<>(row.values());
    for (String key : row.values().keySet()) {
      int luck = random.nextInt(4);
      if (luck == 0) {
        damaged.remove(key);
      } else if (luck == 1) {
        damaged.put(key, values.get(random.nextInt(values.size())));
      }
    }
    return new Row(damaged);
  }

  private static void digest(List<Row> rows) {
    Reading reading = new Reading(NOW, rows);
    Wan line = Wan.of(new Wan.Rows(rows, rows, rows, rows, rows, rows)).joined(rows, rows);
    assertNotNull(line.reason());
    Lan lan = Lan.of(rows, rows, rows, line);
    AddressBook book = new AddressBook();
    book.learn(rows, rows, line, NOW);
    lan.own().forEach(address -> assertNotNull(book.owner(address)));
    assertNotNull(
        DeviceMapper.sightings(
            new DeviceRows(reading, reading, reading, reading, List.of(reading), reading), line));
    assertNotNull(PlaceMapper.sightings(reading, List.of(reading), rows, rows));
    assertNotNull(PortMapper.ports(rows, PortMapper.speeds(rows), Map.of(), line, 0));
    assertNotNull(PortMapper.withSpeed(rows));
    SocketCounters sockets = new SocketCounters();
    sockets.compare(rows, rows, 0);
    sockets.compare(rows, rows, 0);
    assertNotNull(sockets.of(rows));
    new LineMeter().read(rows, line, 0);
    List<Queue> queues = Queue.of(rows);
    assertNotNull(
        new LimitMapper(
                queues,
                FastTrack.of(
                    new FastTrack.Rows(rows, rows, rows, rows, rows, rows, rows),
                    FastTrack.Mode.EXEMPT),
                book,
                1,
                Map.of())
            .limits());
    assertNotNull(KidControl.usage(rows, 0));
    assertNotNull(UserRights.of("mhs", rows, rows));
    Connection.Reader connections = new Connection.Reader();
    rows.forEach(row -> assertNotNull(connections.apply(row)));
    for (Row row : rows) {
      row.text("uptime").ifPresent(text -> assertNotNull(RouterDuration.parse(text)));
      row.text("version").ifPresent(text -> assertNotNull(RouterVersion.parse(text)));
    }
  }
}
