package dev.mhs.source.local.nmap;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.source.local.FakeTime;
import dev.mhs.source.local.read.Outcome;
import dev.mhs.source.local.sweep.Ipv4Network;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NmapScoutTest {
  /** As nmap 7.93 prints it with --privileged, shortened. */
  private static final String REPORT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE nmaprun>
      <?xml-stylesheet href="file:///usr/bin/../share/nmap/nmap.xsl" type="text/xsl"?>
      <nmaprun scanner="nmap" args="nmap -sn -oX - 10.0.0.2/24" version="7.93" xmloutputversion="1.05">
      <host><status state="up" reason="arp-response" reason_ttl="0"/>
      <address addr="10.0.0.7" addrtype="ipv4"/>
      <address addr="18:FD:74:00:00:01" addrtype="mac" vendor="Routerboard.com"/>
      <hostnames><hostname name="tv.home.arpa" type="PTR"/></hostnames>
      <times srtt="35" rttvar="5000" to="100000"/></host>
      <host><status state="down" reason="no-response"/><address addr="10.0.0.8" addrtype="ipv4"/></host>
      <host><status state="up" reason="conn-refused"/><address addr="10.0.0.9" addrtype="ipv4"/>
      <hostnames></hostnames></host>
      <host><status state="up" reason="localhost-response"/><address addr="10.0.0.2" addrtype="ipv4"/></host>
      <runstats><hosts up="3" down="252" total="255"/></runstats>
      </nmaprun>
      """;

  private static final List<NmapHost> HOSTS =
      List.of(
          new NmapHost(
              IpLiteral.of("10.0.0.7"), MacAddress.of("18:fd:74:00:00:01"), "Routerboard.com"),
          new NmapHost(IpLiteral.of("10.0.0.9"), null, null));

  private static final Ipv4Network LAN =
      new Ipv4Network("lan0", (Inet4Address) IpLiteral.of("10.0.0.2"), 24);

  @TempDir Path folder;
  private final FakeTime time = new FakeTime();
  private final List<List<String>> commands = new CopyOnWriteArrayList<>();
  private volatile Outcome outcome = new Outcome.Printed(REPORT);
  private boolean mayUseFrames = true;
  private NmapScout scout = new NmapScout(List.of(), command -> outcome, () -> true, time);

  @BeforeEach
  void install() throws IOException {
    Path nmap = Files.createFile(folder.resolve("nmap"));
    assertTrue(nmap.toFile().setExecutable(true));
    scout =
        new NmapScout(
            List.of(folder),
            command -> {
              commands.add(command);
              return outcome;
            },
            () -> mayUseFrames,
            time);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int round = 0; round < 400 && !condition.getAsBoolean(); round++) {
      assertFalse(never.await(25, TimeUnit.MILLISECONDS));
    }
    assertTrue(condition.getAsBoolean());
  }

  @Test
  void aReportTellsWhoIsUpButForTheMachineItself() {
    assertEquals(HOSTS, NmapReport.hosts(REPORT));
  }

  @Test
  void everyPrefixOfAReportIsRead() {
    for (int end = 0; end < REPORT.length(); end++) {
      List<NmapHost> read = NmapReport.hosts(REPORT.substring(0, end));
      assertEquals(HOSTS.subList(0, read.size()), read);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -8327552750188334099L}) // the second spoils the DTD
  void aSpoiltReportIsReadWithoutHarm(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      char[] text = REPORT.toCharArray();
      for (int spot = random.nextInt(6); spot >= 0; spot--) {
        text[random.nextInt(text.length)] = (char) random.nextInt(128);
      }
      assertDoesNotThrow(() -> NmapReport.hosts(new String(text)));
    }
  }

  @Test
  void whatIsFoundIsKeptWithTheTimeAtWhichTheLookBegan() throws InterruptedException {
    scout.look(List.of(LAN), false);

    await(() -> !scout.found().isEmpty());
    assertEquals(List.of(new NmapScout.Found("lan0", time.instant(), HOSTS)), scout.found());
    List<String> command = commands.getFirst();
    assertTrue(command.containsAll(List.of("-sn", "-oX", "-", "--privileged", "lan0")));
    assertEquals("10.0.0.2/24", command.getLast());
  }

  @Test
  void itIsAskedSeldomUnlessAPersonWaits() throws InterruptedException {
    scout.look(List.of(LAN), false);
    await(() -> !scout.found().isEmpty());
    time.pass(Duration.ofMinutes(4));
    scout.look(List.of(LAN), false);
    assertEquals(1, commands.size());

    await(
        () -> {
          scout.look(List.of(LAN), true);
          return commands.size() > 1;
        });
  }

  @Test
  void withoutRightsItIsToldSoAndOfALargeNetworkOurPartIsAsked() throws InterruptedException {
    mayUseFrames = false;

    scout.look(List.of(new Ipv4Network("lan0", (Inet4Address) IpLiteral.of("10.0.0.2"), 8)), false);

    await(() -> !scout.found().isEmpty());
    assertTrue(commands.getFirst().contains("--unprivileged"));
    assertFalse(commands.getFirst().contains("-e"));
    assertEquals("10.0.0.2/20", commands.getFirst().getLast());
  }

  @Test
  void aFailureIsToldAndForgottenWhenItWorks() throws InterruptedException {
    outcome = new Outcome.Failed("no answer within 60000 ms");
    scout.look(List.of(LAN), false);
    await(() -> !scout.troubles().isEmpty());
    assertEquals(Map.of("lan0", "no answer within 60000 ms"), scout.troubles());

    outcome = new Outcome.Printed(REPORT);
    await(
        () -> {
          scout.look(List.of(LAN), true);
          return scout.troubles().isEmpty();
        });
  }

  @Test
  void withoutNmapNothingIsRun() throws IOException {
    Files.delete(folder.resolve("nmap"));

    scout.look(List.of(LAN), true);

    assertTrue(scout.program().isEmpty());
    assertEquals(List.of(), commands);
  }
}
