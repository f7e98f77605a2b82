package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole product on real input: MHS, started by {@code ./mhs run} on one machine of a home, with
 * no configuration but shorter times, shows who is in and what its own interfaces carry.
 */
@Tag("netns")
@ExtendWith(NeedsNamespaces.class)
class HomeNetworkIT {
  private static final List<String> NAMES = List.of("nas", "laptop", "phone", "tv", "printer");
  private static final Map<String, String> SETTINGS =
      Map.of(
          "MHS_LOCAL_SCAN", "active",
          "MHS_PRESENCE_ONLINE_FOR", "45s",
          // The kernel takes a neighbor's word for up to 45 s, and it is read every 15 s.
          "MHS_PRESENCE_OFFLINE_AFTER", "75s");

  /** A first sweep, and the names that follow it. */
  private static final Duration DISCOVERY = Duration.ofSeconds(40);

  /**
   * The kernel doubts a neighbor after 45 s, MHS asks it again, and then its offline-after passes.
   */
  private static final Duration DEPARTURE = Duration.ofMinutes(3);

  private static final long PAYLOAD_BITS_PER_SECOND = 20_000_000;
  private static final Duration TRANSFER = Duration.ofSeconds(30);

  /**
   * Longer than the slowest pace of polling: what is read after it was measured within the
   * transfer.
   */
  private static final Duration SETTLED = Duration.ofSeconds(22);

  private final Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private Home home;
  private Member observer;
  private RunningMhs mhs;

  HomeNetworkIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void startMhsInAHomeOfFive() throws InterruptedException {
    home = Home.build(folder);
    open.add(home);
    for (String name : NAMES) {
      members.add(home.join(name));
    }
    observer = home.join("observer");
    home.addQuietNetwork(observer);
    mhs = RunningMhs.start(observer, folder, SETTINGS);
    open.add(mhs);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void everyMemberIsListedWithItsMacAddressAndName() throws InterruptedException {
    for (Member member : members) {
      JsonObject device =
          Await.until(
              member.hostname() + " is listed with its name",
              DISCOVERY,
              () ->
                  device(member)
                      .filter(found -> member.hostname().equals(text(found, "hostname"))));

      assertEquals(member.address(), text(device, "ip"));
      assertEquals("online", text(device, "status"));
    }
    assertTrue(device(observer).isPresent(), "the machine itself is listed");
    assertEquals(NAMES.size() + 2, countOnTheLan(), () -> mhs.get("/api/devices"));
    assertTrue(mhs.get("/").contains("<html"));
    assertEquals(143, mhs.stop(), mhs.log());
  }

  @Test
  void whoLeavesBecomesOfflineAndTheOthersDoNot() throws InterruptedException {
    for (Member member : members) {
      Await.until(member.hostname() + " is online", DISCOVERY, () -> device(member, "online"));
    }
    Member phone = members.get(NAMES.indexOf("phone"));

    phone.leave();

    Await.until("the phone is offline", DEPARTURE, () -> device(phone, "offline"));
    for (Member member : members) {
      if (member != phone) {
        String status = device(member).map(found -> text(found, "status")).orElse("not listed");
        assertTrue(List.of("online", "idle").contains(status), () -> whatIsKnown(member));
      }
    }
  }

  @Test
  void trafficShowsOnTheInterfaceThatCarriesIt() throws Exception {
    Await.until("eth0 is listed", DISCOVERY, () -> port("eth0"));
    JsonObject lan = port("eth0").orElseThrow();
    JsonObject quiet = port("eth1").orElseThrow();

    Traffic.Transfer transfer =
        Traffic.start(folder, members.getFirst(), observer, PAYLOAD_BITS_PER_SECOND, TRANSFER);
    List<Double> rates = receiveRates(transfer);
    Traffic sent = transfer.sent();

    double expected = Traffic.interfaceBitsPerSecond(PAYLOAD_BITS_PER_SECOND);
    assertEquals(expected, rates.get(rates.size() / 2), 0.05 * expected, rates::toString);
    JsonObject after = Await.until("eth0 is quiet again", DISCOVERY, this::quietLan);
    double bytes = sent.interfaceBytes();
    assertEquals(bytes, grown(lan, after, "rx_bytes"), 0.05 * bytes);
    assertTrue(grown(lan, after, "tx_bytes") < 0.05 * bytes, "the other direction");
    JsonObject quietAfter = port("eth1").orElseThrow();
    assertTrue(grown(quiet, quietAfter, "rx_bytes") < 0.05 * bytes, "the other interface");
    assertTrue(lan.getBoolean("wan"), "the default route goes over eth0");
    assertNotEquals(lan.getBoolean("wan"), quiet.getBoolean("wan"));
  }

  /** Reads the rate of eth0 until the transfer ends, leaving out its beginning; sorted. */
  private List<Double> receiveRates(Traffic.Transfer transfer) throws InterruptedException {
    long began = System.nanoTime();
    List<Double> rates = new ArrayList<>();
    Await.until(
        "the transfer ends",
        TRANSFER.multipliedBy(2),
        () -> {
          boolean settled = System.nanoTime() - began > SETTLED.toNanos();
          if (settled && transfer.isUnderWay()) {
            port("eth0").map(lan -> number(lan, "rx_bps")).ifPresent(rates::add);
          }
          return transfer.isUnderWay() ? Optional.empty() : Optional.of(rates);
        });
    Collections.sort(rates);
    return rates;
  }

  /** Returns what MHS and the kernel say about a member, for the message. */
  private String whatIsKnown(Member member) {
    return device(member) + "\n" + observer.namespace().ip("-s", "neighbor", "show") + mhs.log();
  }

  private Optional<JsonObject> quietLan() {
    return port("eth0")
        .filter(lan -> !lan.isNull("rx_bps"))
        .filter(lan -> number(lan, "rx_bps") < 0.01 * PAYLOAD_BITS_PER_SECOND);
  }

  private Optional<JsonObject> device(Member member) {
    return devices().stream()
        .filter(device -> member.mac().equals(text(device, "mac")))
        .findFirst();
  }

  private Optional<JsonObject> device(Member member, String status) {
    return device(member).filter(found -> status.equals(text(found, "status")));
  }

  /** The members, the observer and the router, each once. */
  private long countOnTheLan() {
    return devices().stream()
        .filter(device -> text(device, "ip").startsWith("192.168.77."))
        .count();
  }

  private List<JsonObject> devices() {
    return mhs.json("/api/devices").getJsonArray("devices").getValuesAs(JsonObject.class);
  }

  private Optional<JsonObject> port(String name) {
    JsonArray ports = mhs.json("/api/ports").getJsonArray("router");
    return ports.getValuesAs(JsonObject.class).stream()
        .filter(port -> name.equals(text(port, "name")))
        .findFirst();
  }

  private static double grown(JsonObject before, JsonObject after, String counter) {
    return number(after, counter) - number(before, counter);
  }

  private static double number(JsonObject object, String name) {
    JsonNumber number = object.getJsonNumber(name);
    return number.doubleValue();
  }

  private static String text(JsonObject object, String name) {
    return object.isNull(name) ? "" : object.getString(name);
  }
}
