package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Capability;
import dev.mhs.api.Evidence;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import dev.mhs.core.engine.SystemTime;
import dev.mhs.core.spi.Cadence;
import dev.mhs.tck.FakeProvider;
import dev.mhs.tck.FakeSource;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The push goes on every 2 s, whatever the sources do. */
@Tag("alone")
class PushTest {
  private static final Cadence QUICK =
      new Cadence(Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(500));

  private final SystemTime time = new SystemTime();

  @TempDir private Path folder;

  @Test
  void aSourceThatHangsOrThrowsOrTalksGarbageDelaysNobody() throws Exception {
    FakeSource hanging = FakeSource.of(time, Capability.DEVICES).cadence(QUICK);
    hanging.onDevices().hangsForEver();
    FakeSource throwing = FakeSource.of(time, Capability.DEVICES).cadence(QUICK);
    throwing.onDevices().throwing(() -> new IllegalStateException("a bug"));
    FakeSource garbled = FakeSource.of(time, Capability.DEVICES).cadence(QUICK);
    garbled.onDevices().answersWith(() -> Arrays.asList((Sighting) null));
    FakeSource good = FakeSource.of(time, Capability.DEVICES).cadence(QUICK);
    good.onDevices().answersWith(this::oneDevice);

    try (RunningServer server =
            RunningServer.start(
                folder,
                Map.of(),
                new FakeProvider("hanging", 100, hanging),
                new FakeProvider("throwing", 90, throwing),
                new FakeProvider("garbled", 80, garbled),
                new FakeProvider("good", 10, good));
        LiveMessages live = LiveMessages.connect(server.client(), webSocket(server))) {
      server.await("/api/devices", message -> message.getString("source", "").equals("good"));
      List<Long> gaps = gaps(live, 6);

      assertEquals(2.0, mean(gaps), 0.2, "mean gap in seconds of " + gaps);
      assertEquals(2.0, median(gaps), 0.2, "median gap in seconds of " + gaps);
      JsonObject message = RunningServer.parse(live.next().text());
      assertEquals("good", message.getString("source"));
      assertEquals(1, message.getJsonArray("devices").size());
      double age =
          message.getJsonNumber("ts").doubleValue()
              - message.getJsonNumber("last_scan").doubleValue();
      assertTrue(age < 1, "the good source is fresh: " + age + " s");
    }
  }

  private List<Sighting> oneDevice() {
    return List.of(
        Sighting.of(MacAddress.of("00:00:5e:00:53:01"))
            .evidence(new Evidence(Evidence.Kind.ANSWERED, time.instant()))
            .build());
  }

  private static URI webSocket(RunningServer server) {
    return URI.create("ws://127.0.0.1:" + server.port() + "/ws");
  }

  private static List<Long> gaps(LiveMessages live, int count) throws Exception {
    while (RunningServer.parse(live.next().text()).getJsonArray("devices").isEmpty()) {
      // until the device is shown, on connecting or by an early push; what follows keeps the beat
    }
    long before = live.next().nanos();
    List<Long> gaps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long now = live.next().nanos();
      gaps.add(now - before);
      before = now;
    }
    return gaps;
  }

  private static double mean(List<Long> nanos) {
    return nanos.stream().mapToLong(Long::longValue).average().orElseThrow() / 1e9;
  }

  private static double median(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() / 2) / 1e9;
  }
}
