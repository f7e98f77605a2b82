package dev.mhs.source.routeros.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.api.Port;
import dev.mhs.source.routeros.Samples;
import dev.mhs.source.routeros.parse.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SocketCountersTest {
  private static final long GIGA = 1_000_000_000;

  private final SocketCounters counters = new SocketCounters();

  @Test
  void interfacesThatTellWhatPassesAreBelieved() {
    // An RB5009 showed 211,815,129,604 at the interface and 211,815,136,129 at the socket.
    counters.compare(interfaces(211_815_129_604L), ethernet(211_815_136_129L), 1);
    counters.compare(interfaces(311_815_129_604L), ethernet(311_815_536_129L), 1);

    assertEquals(Set.of(), counters.atSocket());
  }

  @Test
  void aSocketThatPassesMuchMoreIsCountedThere() {
    counters.compare(interfaces(GIGA), ethernet(5 * GIGA), 1);
    assertEquals(Set.of(), counters.atSocket(), "counters may have begun at different times");

    counters.compare(interfaces(GIGA + 1_000_000), ethernet(6 * GIGA), 1);

    assertEquals(Set.of("ether2"), counters.atSocket());
    List<Row> now = ethernet(6 * GIGA);
    Wan none = new Wan(Set.of(), Set.of(), "test");
    Port port =
        PortMapper.ports(interfaces(GIGA + 1_000_000), Map.of(), counters.of(now), none, 1)
            .getFirst();
    Port.Counters shown = Objects.requireNonNull(port.counters());
    assertEquals(6 * GIGA, shown.rxBytes());
    assertEquals(~1L, shown.epoch(), "no rate between two kinds of counters");
  }

  @Test
  void aLittleMoreAResetAndARestartProveNothing() {
    counters.compare(interfaces(GIGA), ethernet(GIGA), 1);
    counters.compare(interfaces(GIGA + 1_000), ethernet(GIGA + 1_000_000), 1);
    counters.compare(interfaces(0), ethernet(2 * GIGA), 1);
    assertEquals(Set.of(), counters.atSocket());

    counters.compare(interfaces(0), ethernet(3 * GIGA), 1);
    assertEquals(Set.of("ether2"), counters.atSocket());
    counters.compare(interfaces(5), ethernet(7), 2);
    assertEquals(Set.of(), counters.atSocket());
  }

  @Test
  void whatIsNotToldIsNotCompared() {
    for (int time = 0; time < 2; time++) {
      counters.compare(Samples.rows("interface.chr.json"), List.of(), 0);
      counters.compare(List.of(), Samples.rows("interface-ethernet.chr.json"), 0);
    }

    assertEquals(Set.of(), counters.atSocket());
  }

  private static List<Row> interfaces(long bytes) {
    return Samples.of(
        "[{'name':'ether2','type':'ether','running':'true','rx-byte':'"
            + bytes
            + "','tx-byte':'0'}]");
  }

  private static List<Row> ethernet(long bytes) {
    return Samples.of("[{'name':'ether2','rx-bytes':'" + bytes + "','tx-bytes':'0'}]");
  }
}
