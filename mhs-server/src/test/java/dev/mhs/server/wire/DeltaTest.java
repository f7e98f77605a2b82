package dev.mhs.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.BoxState;
import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.MacAddress;
import dev.mhs.api.PortRates;
import dev.mhs.api.Presence;
import dev.mhs.api.Snapshot;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A delta tells all that changed and no more. {@code delta-sequence.json} is what the page's own
 * tests apply.
 */
class DeltaTest {
  private static final int STEPS = 40;
  private static final long SEQUENCE_SEED = 6;

  private final SnapshotJson json = new SnapshotJson("0.1.0", Duration.ofSeconds(2));

  @Test
  void whatChangedIsWrittenAsAgreed() throws IOException {
    byte[] delta = delta(WireTest.snapshot(), later()).orElseThrow();

    WireTest.assertGolden("delta.json", delta);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void appliedToWhatWasItGivesWhatIs(long seed) {
    RandomSnapshots snapshots = new RandomSnapshots(seed, 12);
    Snapshot before = snapshots.next();
    JsonObject state = parse(json.update(before));
    for (int step = 0; step < STEPS; step++) {
      Snapshot after = snapshots.next();
      state = DeltaReader.apply(state, parse(delta(before, after).orElseThrow()));

      assertEquals(
          WireTest.comparable(parse(json.update(after))),
          WireTest.comparable(state),
          "step " + step + " of seed " + seed);
      before = after;
    }
  }

  /** The golden sequence is of some time; a new one is of now. */
  @Test
  void theSequenceThatThePageAppliesIsApplied() throws IOException {
    try (InputStream golden = DeltaTest.class.getResourceAsStream("/wire/delta-sequence.json");
        JsonReader reader = Json.createReader(golden)) {
      apply(reader.readArray().getValuesAs(JsonObject.class));
    }
  }

  /** The page's own module leads from each state to the next as exactly as ours does. */
  @Test
  @Tag("js")
  void thePageAppliesWhatIsWrittenNow(@TempDir Path folder) throws Exception {
    Path sequence = folder.resolve("src/test/resources/wire/delta-sequence.json");
    for (String kept :
        List.of(
            "src/test/js/delta.test.mjs",
            "src/test/js/golden.mjs",
            "src/test/resources/wire/update.json",
            "src/test/resources/wire/delta.json",
            "src/main/resources/web/js/delta.js")) {
      Files.createDirectories(folder.resolve(kept).getParent());
      Files.copy(Path.of(kept), folder.resolve(kept));
    }
    Files.writeString(sequence, "[\n" + String.join(",\n", sequence()) + "\n]\n");
    Process node =
        new ProcessBuilder(
                "node", "--test", folder.resolve("src/test/js/delta.test.mjs").toString())
            .redirectErrorStream(true)
            .start();
    String said = text(node.getInputStream().readAllBytes());

    assertEquals(0, node.waitFor(), said);
  }

  private List<String> sequence() {
    RandomSnapshots snapshots = new RandomSnapshots(SEQUENCE_SEED, 5);
    Snapshot before = snapshots.next();
    List<String> messages = new ArrayList<>();
    messages.add(text(json.update(before)));
    for (int step = 0; step < 100; step++) {
      Snapshot after = snapshots.next();
      messages.add(text(delta(before, after).orElseThrow()));
      messages.add(text(json.update(after)));
      before = after;
    }
    return messages;
  }

  private static void apply(List<JsonObject> sequence) {
    JsonObject state = sequence.getFirst();
    for (int at = 1; at < sequence.size(); at += 2) {
      state = DeltaReader.apply(state, sequence.get(at));
      assertEquals(WireTest.comparable(sequence.get(at + 1)), WireTest.comparable(state));
    }
    assertTrue(sequence.size() > 16);
  }

  @Test
  void whereNothingChangesOnlyTheTimeIsTold() {
    Snapshot snapshot = WireTest.snapshot();
    JsonObject delta = parse(delta(snapshot, snapshot).orElseThrow());

    assertEquals(Set.of("type", "seq", "ts"), delta.keySet());
  }

  @Test
  void twoDevicesOfOneKeyCannotBeToldApart() {
    Snapshot once = WireTest.snapshot();
    List<DeviceState> twice = new ArrayList<>(once.devices());
    twice.add(once.devices().getFirst());

    assertFalse(delta(once, with(once, twice, once.boxes())).isPresent());
  }

  private Optional<byte[]> delta(Snapshot before, Snapshot after) {
    return json.note(after).since(json.note(before));
  }

  /** Two seconds after the golden update: some of everything has changed. */
  private static Snapshot later() {
    Snapshot before = WireTest.snapshot();
    List<DeviceState> devices = new ArrayList<>(before.devices());
    DeviceState nas = devices.get(0);
    devices.set(
        0, new DeviceState(nas.device(), WireTest.perSecond(42_000_000, 1_000_000), null, null));
    DeviceState phone = devices.get(1);
    Limit slower =
        new Limit(phone.device().key(), phone.device().addresses(), BitRate.ofMegabits(5), null);
    devices.set(
        1, new DeviceState(phone.device(), null, null, new LimitInForce(slower, true, null, true)));
    devices.remove(3);
    devices.add(1, newcomer());
    List<BoxState> boxes = new ArrayList<>(before.boxes());
    BoxState router = boxes.getFirst();
    boxes.set(
        0,
        new BoxState(
            router.box(),
            router.source(),
            Map.of("ether1", new PortRates(new BitRate(42_000_000), new BitRate(1_000_000)))));
    return with(before, devices, boxes);
  }

  private static DeviceState newcomer() {
    MacAddress mac = MacAddress.of("00:00:5e:00:53:77");
    return new DeviceState(
        new Device(
            new DeviceKey.ByMac(mac),
            mac,
            List.of(IpLiteral.of("192.168.88.77")),
            Map.of(),
            Presence.ONLINE,
            Instant.ofEpochSecond(1790000002),
            Instant.ofEpochSecond(1790000002),
            List.of()),
        null,
        null,
        null);
  }

  private static Snapshot with(Snapshot base, List<DeviceState> devices, List<BoxState> boxes) {
    return new Snapshot(
        base.seq() + 1,
        base.at().plusSeconds(2),
        base.choices(),
        base.lastScan(),
        null,
        base.own(),
        base.attributedRatio(),
        devices,
        base.transients(),
        boxes,
        devices.stream().map(DeviceState::limit).filter(Objects::nonNull).toList(),
        base.sources());
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static JsonObject parse(byte[] utf8) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(utf8))) {
      return reader.readObject();
    }
  }
}
