package dev.mhs.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.BoxState;
import dev.mhs.api.Capability;
import dev.mhs.api.CapabilityStatus;
import dev.mhs.api.Choice;
import dev.mhs.api.Cost;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.Finding;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitMeasurement;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.api.Port;
import dev.mhs.api.PortRates;
import dev.mhs.api.Presence;
import dev.mhs.api.Session;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.api.SourceStatus;
import dev.mhs.api.Sourced;
import dev.mhs.api.Throughput;
import dev.mhs.core.history.Sample;
import dev.mhs.core.history.Shares;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the server writes is what the golden messages say; the page's own tests read the same files.
 */
class WireTest {
  private static final SourceId MIKROTIK = new SourceId("mikrotik");
  private static final SourceId LOCAL = new SourceId("local");
  private static final Instant NOW = Instant.parse("2026-09-21T14:13:20.25Z"); // 1790000000.25

  private final SnapshotJson json = new SnapshotJson("0.1.0", Duration.ofSeconds(2));

  @Test
  void anUpdateIsWrittenAsAgreed() throws IOException {
    assertGolden("update.json", json.update(snapshot()));
  }

  @Test
  void theFirstUpdateIsWrittenAsAgreed() throws IOException {
    Map<Capability, Choice> choices = new EnumMap<>(Capability.class);
    for (Capability one : List.of(Capability.DEVICES, Capability.BANDWIDTH)) {
      choices.put(one, new Choice(one, LOCAL, "the only source"));
    }
    choices.put(
        Capability.PORTS, new Choice(Capability.PORTS, null, "every box tells about its own"));
    choices.put(Capability.LIMITS, new Choice(Capability.LIMITS, null, "no source can limit"));
    Snapshot empty =
        new Snapshot(
            1,
            Instant.ofEpochSecond(1790000000),
            choices,
            null,
            null,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                source(
                    LOCAL,
                    "Linux",
                    10,
                    up(Capability.DEVICES),
                    up(Capability.BANDWIDTH),
                    up(Capability.PORTS))));

    assertGolden("update-empty.json", json.update(empty));
  }

  @Test
  void aDemoSaysWhereItIsSteered() {
    String steered = "http://127.0.0.1:40001/";
    SnapshotJson demo = new SnapshotJson("0.1.0", Duration.ofSeconds(2), steered);

    assertTrue(text(demo.update(snapshot())).contains("\"demo\":\"" + steered + "\""));
    assertFalse(text(json.update(snapshot())).contains("\"demo\""));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Test
  void sourcesAreWrittenAsAgreed() throws IOException {
    assertGolden("sources.json", SourcesJson.sources(sources(), Map.of(MIKROTIK, "192.168.88.1")));
  }

  @Test
  void aSeriesIsWrittenAsAgreed() throws IOException {
    List<Sample> samples =
        List.of(
            sample(1789999890, 7500, 3750),
            sample(1789999950, 304629626, 0),
            sample(1789999980, 191250000, 3750000));

    assertGolden(
        "history.json", HistoryJson.series("192.168.88.10", 2, Duration.ofSeconds(30), samples));
  }

  @Test
  void sharesAreWrittenAsAgreed() throws IOException {
    Device nas = snapshot().devices().getFirst().device();
    DeviceKey forgotten = new DeviceKey.ByMac(MacAddress.of("00:00:5e:00:53:99"));
    Shares.Measured shares =
        new Shares.Measured(
            Duration.ofSeconds(30),
            List.of(
                sample(1789999860, 7500000, 375000),
                sample(1789999890, 3750000, 0),
                sample(1789999950, 15000000, 750000)),
            List.of(
                new Shares.Share(
                    nas.key(),
                    List.of(
                        sample(1789999860, 3750000, 300000),
                        sample(1789999890, 3750000, 0),
                        sample(1789999950, 7500000, 375000))),
                new Shares.Share(forgotten, List.of(sample(1789999950, 1875000, 375000)))),
            List.of(
                sample(1789999860, 6000000, 300000),
                sample(1789999890, 3750000, 0),
                sample(1789999950, 11250000, 750000)));

    assertGolden(
        "shares.json", SharesJson.shares(2, shares, key -> key.equals(nas.key()) ? nas : null));
  }

  @Test
  void withoutALineSharesAreTakenOverTheTimeInWhichDevicesWereMeasured() {
    Device nas = snapshot().devices().getFirst().device();
    Sample half = new Sample(NOW, 3_750_000, 0, Duration.ofSeconds(15));
    Shares.Measured shares =
        new Shares.Measured(
            Duration.ofSeconds(30),
            List.of(),
            List.of(new Shares.Share(nas.key(), List.of(half))),
            List.of(half));

    JsonObject answer = parse(new ByteArrayInputStream(SharesJson.shares(2, shares, key -> null)));

    assertTrue(answer.getJsonObject("line").getJsonArray("download_bps").isNull(0));
    assertEquals(
        2_000_000,
        answer.getJsonArray("devices").getJsonObject(0).getJsonArray("download_bps").getInt(0));
  }

  private static Sample sample(long at, long down, long up) {
    return new Sample(Instant.ofEpochSecond(at), down, up, Duration.ofSeconds(30));
  }

  static void assertGolden(String name, byte[] written) throws IOException {
    try (InputStream golden = WireTest.class.getResourceAsStream("/wire/" + name)) {
      assertEquals(comparable(parse(golden)), comparable(parse(new ByteArrayInputStream(written))));
    }
  }

  static JsonObject parse(@Nullable InputStream text) {
    try (JsonReader reader = Json.createReader(text)) {
      return reader.readObject();
    }
  }

  /** Fields in any order, 2 and 2.000 alike; null, absent and 0 are three things. */
  static String comparable(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        Map<String, String> fields = new TreeMap<>();
        object.forEach((name, field) -> fields.put(name, comparable(field)));
        yield fields.toString().replace(", ", ",\n");
      }
      case JsonArray array -> array.stream().map(WireTest::comparable).toList().toString();
      case JsonNumber number -> number.bigDecimalValue().stripTrailingZeros().toPlainString();
      default -> value.toString();
    };
  }

  static Snapshot snapshot() {
    Map<Capability, Choice> choices = new EnumMap<>(Capability.class);
    String first = "the highest priority of those that answer";
    choices.put(Capability.DEVICES, new Choice(Capability.DEVICES, MIKROTIK, first));
    choices.put(Capability.BANDWIDTH, new Choice(Capability.BANDWIDTH, MIKROTIK, first));
    choices.put(
        Capability.PORTS, new Choice(Capability.PORTS, null, "every box tells about its own"));
    choices.put(
        Capability.LIMITS, new Choice(Capability.LIMITS, MIKROTIK, "the only one that can"));
    List<DeviceState> devices = devices();
    return new Snapshot(
        17,
        NOW,
        choices,
        Instant.parse("2026-09-21T14:13:19.5Z"),
        perSecond(81234567, 1234567),
        perSecond(12000, 0),
        0.97,
        devices,
        List.of(
            new Session(
                devices.getLast().device().key(),
                NOW.minusMillis(7_250),
                NOW.minusMillis(2_250),
                false)),
        List.of(routerBox(), hostBox()),
        devices.stream().map(DeviceState::limit).filter(limit -> limit != null).toList(),
        List.of(
            source(
                MIKROTIK,
                "MikroTik",
                100,
                up(Capability.DEVICES),
                up(Capability.BANDWIDTH),
                status(Capability.PORTS, CapabilityStatus.State.DOWN),
                up(Capability.LIMITS)),
            source(
                LOCAL,
                "Linux",
                10,
                up(Capability.DEVICES),
                up(Capability.BANDWIDTH),
                up(Capability.PORTS))));
  }

  /** Eight seconds, so that any number of bits per second is a whole number of bytes. */
  static Throughput perSecond(long downloadBits, long uploadBits) {
    return new Throughput(downloadBits, uploadBits, NOW, Duration.ofSeconds(8));
  }

  private static List<DeviceState> devices() {
    List<DeviceState> devices = new ArrayList<>();
    devices.add(
        new DeviceState(
            device(
                "00:11:32:aa:bb:01",
                List.of("192.168.88.10", "fd00::10"),
                Presence.ONLINE,
                1789990000,
                1789999999_500L,
                Map.of(
                    DeviceField.HOSTNAME, "nas",
                    DeviceField.ALIAS, "Storage",
                    DeviceField.VENDOR, "Synology",
                    DeviceField.PORT, "ether3",
                    DeviceField.LEASE_STATUS, "bound",
                    DeviceField.COMMENT, "do not unplug",
                    DeviceField.INTERFACE, "bridge",
                    DeviceField.SCAN_METHOD, "mikrotik_api")),
            perSecond(51000000, 1000000),
            "mikrotik/conntrack",
            null));
    devices.add(
        limited(
            new DeviceState(
                device(
                    "0a:1b:2c:3d:4e:5f",
                    List.of("192.168.88.11"),
                    Presence.ONLINE,
                    1789999000,
                    1789999998_500L,
                    Map.of(
                        DeviceField.HOSTNAME, "<img src=x onerror=alert(1)>",
                        DeviceField.PORT, "wifi1",
                        DeviceField.SSID, "Home",
                        DeviceField.LEASE_STATUS, "bound",
                        DeviceField.INTERFACE, "bridge",
                        DeviceField.SCAN_METHOD, "mikrotik_api")),
                perSecond(30000000, 0),
                "mikrotik/conntrack",
                null),
            30.0,
            30.0,
            null,
            true));
    devices.add(
        limited(
            new DeviceState(
                device(
                    "a4:83:e7:00:00:12",
                    List.of("192.168.88.12"),
                    Presence.IDLE,
                    1789900000,
                    1789999700_000L,
                    Map.of(
                        DeviceField.HOSTNAME, "laptop",
                        DeviceField.VENDOR, "Apple",
                        DeviceField.PORT, "ether4",
                        DeviceField.LEASE_STATUS, "bound",
                        DeviceField.INTERFACE, "bridge",
                        DeviceField.SCAN_METHOD, "mikrotik_api")),
                null,
                null,
                null),
            50.0,
            10.0,
            "FastTrack lets its traffic pass the queue",
            true));
    devices.add(
        limited(
            new DeviceState(
                device(
                    "b8:27:eb:00:00:13",
                    List.of("192.168.88.13"),
                    Presence.OFFLINE,
                    1789800000,
                    1789913600_000L,
                    Map.of(
                        DeviceField.VENDOR, "Raspberry Pi",
                        DeviceField.PORT, "ether4",
                        DeviceField.INTERFACE, "bridge",
                        DeviceField.SCAN_METHOD, "arp")),
                null,
                null,
                null),
            null,
            2.5,
            null,
            false));
    devices.add(
        new DeviceState(
            device(
                null,
                List.of("10.0.0.2"),
                Presence.UNKNOWN,
                1789999990,
                null,
                Map.of(DeviceField.INTERFACE, "wg0")),
            null,
            null,
            null));
    return devices;
  }

  private static Device device(
      @Nullable String mac,
      List<String> addresses,
      Presence presence,
      long firstSeen,
      @Nullable Long lastSeenMillis,
      Map<DeviceField, String> texts) {
    List<InetAddress> ips = addresses.stream().map(IpLiteral::of).toList();
    Map<DeviceField, Sourced<String>> fields = new EnumMap<>(DeviceField.class);
    texts.forEach((field, text) -> fields.put(field, new Sourced<>(text, MIKROTIK, NOW)));
    MacAddress known = mac == null ? null : MacAddress.of(mac);
    return new Device(
        known == null ? new DeviceKey.ByAddress(ips.getFirst()) : new DeviceKey.ByMac(known),
        known,
        ips,
        fields,
        presence,
        Instant.ofEpochSecond(firstSeen),
        lastSeenMillis == null ? null : Instant.ofEpochMilli(lastSeenMillis),
        List.of());
  }

  private static DeviceState limited(
      DeviceState state,
      @Nullable Double download,
      @Nullable Double upload,
      @Nullable String reason,
      boolean ours) {
    Device device = state.device();
    Limit limit = new Limit(device.key(), device.addresses(), megabits(download), megabits(upload));
    LimitMeasurement measured =
        new LimitMeasurement(
            new BitRate(29_400_000), new BitRate(410_000), Duration.ofSeconds(30), true);
    LimitInForce inForce =
        new LimitInForce(
            limit, reason == null, reason, ours, null, state.rate() == null ? null : measured);
    return new DeviceState(device, state.rate(), state.rateSource(), inForce);
  }

  private static @Nullable BitRate megabits(@Nullable Double megabits) {
    return megabits == null ? null : BitRate.ofMegabits(megabits);
  }

  private static BoxState routerBox() {
    Port wan =
        new Port(
            "ether1",
            "ether",
            Port.Link.UP,
            BitRate.ofMegabits(1000),
            MacAddress.of("48:a9:8a:00:00:01"),
            "WAN",
            true,
            new Port.Counters(987654321098L, 12345678901L, CounterWidth.BITS_64, 0, null, null));
    Port empty =
        new Port(
            "ether2",
            "ether",
            Port.Link.DOWN,
            null,
            MacAddress.of("48:a9:8a:00:00:02"),
            null,
            false,
            new Port.Counters(0, 0, CounterWidth.BITS_64, 0, null, null));
    return new BoxState(
        new Box(
            "mikrotik",
            "router",
            "RB5009UG+S+IN",
            Box.Role.ROUTER,
            new Moment(NOW, 0),
            List.of(wan, empty)),
        MIKROTIK,
        Map.of("ether1", new PortRates(new BitRate(81234567), new BitRate(1234567))));
  }

  private static BoxState hostBox() {
    Port eth0 = new Port("eth0", "ether", Port.Link.UNKNOWN, null, null, null, false, null);
    return new BoxState(
        new Box("local", "nas", null, Box.Role.HOST, new Moment(NOW, 0), List.of(eth0)),
        LOCAL,
        Map.of());
  }

  private static SourceStatus source(
      SourceId id, String vendor, int priority, CapabilityStatus... capabilities) {
    return new SourceStatus(
        id,
        id.equals(MIKROTIK) ? "routeros" : "local",
        vendor,
        priority,
        "built-in",
        null,
        List.of(capabilities),
        List.of(),
        Cost.NONE,
        null);
  }

  private static CapabilityStatus up(Capability capability) {
    return status(capability, CapabilityStatus.State.UP);
  }

  private static CapabilityStatus status(Capability capability, CapabilityStatus.State state) {
    return new CapabilityStatus(capability, state, null, NOW, null, null, 0, 0);
  }

  /** The sources of the golden file: one of each state. */
  private static Snapshot sources() {
    Snapshot base = snapshot();
    SourceStatus router =
        new SourceStatus(
            MIKROTIK,
            "routeros",
            "MikroTik",
            100,
            "built-in",
            null,
            List.of(
                told(Capability.DEVICES, "UP", null, 1789990000, 1789999999_500L, 43, 812, 3),
                told(
                    Capability.BANDWIDTH,
                    "FAILING",
                    "no answer within 5 s",
                    1789999995,
                    1789999990_000L,
                    5000,
                    4990,
                    1),
                told(
                    Capability.PORTS,
                    "DOWN",
                    "connection refused",
                    1789999000,
                    1789998990_000L,
                    2,
                    2400,
                    40),
                told(Capability.LIMITS, "UNTRIED", null, 1789990000, null, -1, 0, 0)),
            List.of(
                new Finding(
                    Finding.Level.GOOD,
                    "Rates of single devices come from connection tracking.",
                    null),
                new Finding(
                    Finding.Level.LACKING,
                    "FastTrack hides the traffic of limited devices.",
                    "/ip firewall filter set [find action=fasttrack-connection] disabled=yes")),
            new Cost(8202, 5231234, Duration.ofMillis(190_250)),
            new Cost(29, 21870, Duration.ofMillis(640)));
    SourceStatus local =
        new SourceStatus(
            LOCAL,
            "local",
            "Linux",
            10,
            "built-in",
            null,
            List.of(
                told(Capability.DEVICES, "UP", null, 1789990000, 1789999980_000L, 1700, 166, 0),
                told(Capability.BANDWIDTH, "UP", null, 1789990000, 1789999999_000L, 1, 5000, 0),
                told(Capability.PORTS, "UP", null, 1789990000, 1789999999_000L, 1, 5000, 0),
                told(
                    Capability.LIMITS,
                    "UNSUPPORTED",
                    "this machine is not the router",
                    1789990000,
                    null,
                    -1,
                    0,
                    0)),
            List.of(
                new Finding(
                    Finding.Level.BROKEN,
                    "Packets cannot be counted: the right CAP_NET_ADMIN is missing.",
                    "sudo setcap cap_net_admin,cap_net_raw+ep /usr/bin/java")),
            Cost.NONE,
            Cost.NONE);
    return new Snapshot(
        base.seq(),
        base.at(),
        base.choices(),
        base.lastScan(),
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(router, local));
  }

  private static CapabilityStatus told(
      Capability capability,
      String state,
      @Nullable String detail,
      long since,
      @Nullable Long lastAnswerMillis,
      long lastPollMillis,
      long polls,
      long failures) {
    return new CapabilityStatus(
        capability,
        CapabilityStatus.State.valueOf(state),
        detail,
        Instant.ofEpochSecond(since),
        lastAnswerMillis == null ? null : Instant.ofEpochMilli(lastAnswerMillis),
        lastPollMillis < 0 ? null : Duration.ofMillis(lastPollMillis),
        polls,
        failures);
  }
}
