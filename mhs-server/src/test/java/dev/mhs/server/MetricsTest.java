package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.tck.FakeProvider;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads, read as Prometheus does. */
class MetricsTest {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_]+)(\\{(?:[a-z]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*})? (-?[0-9.]+(?:E-?[0-9]+)?)");
  private static final Set<String> NAMES =
      Set.of(
          "mhs_device_receive_bytes_total",
          "mhs_device_transmit_bytes_total",
          "mhs_device_up",
          "mhs_wan_receive_bytes_total",
          "mhs_wan_transmit_bytes_total",
          "mhs_port_receive_bytes_total",
          "mhs_port_transmit_bytes_total",
          "mhs_attribution_ratio",
          "mhs_limit_bits_per_second",
          "mhs_source_up",
          "mhs_source_poll_seconds",
          "mhs_router_requests_total",
          "mhs_router_bytes_total",
          "mhs_ws_clients",
          "mhs_history_write_seconds",
          "mhs_build_info");

  private static final String PORT = "mhs_port_receive_bytes_total{box=\"box\",port=\"ether1\"}";

  @TempDir private Path folder;

  @Test
  void theMetricsAreThereAndCountBytes() throws Exception {
    try (RunningServer server =
            RunningServer.start(
                folder,
                Map.of(),
                new FakeProvider("fake", 100, new Household(new SystemTime(), 3).source()));
        RawWebSocket live = RawWebSocket.connect(server.port(), "/ws")) {
      server.await("/api/devices", message -> !message.isNull("total_download_bps"));
      String device = "mhs_device_receive_bytes_total{mac=\"00:00:5e:00:53:02\",name=\"device-2\"}";
      Map<String, Double> before = samples(server);
      for (int push = 0; push < 10 && !before.containsKey(device); push++) {
        live.next();
        before = samples(server);
      }
      Map<String, Double> after = before;
      for (int push = 0; push < 10 && !haveGrown(before, after, device, PORT); push++) {
        live.next();
        after = samples(server);
      }

      double counted = value(after, device) - value(before, device);
      assertTrue(
          counted > 500_000 && counted < 20_000_000, counted + " bytes of 1,000,000 a second");
      assertTrue(
          value(after, "mhs_wan_receive_bytes_total") - value(before, "mhs_wan_receive_bytes_total")
              > counted * 2);
      assertTrue(value(after, PORT) > value(before, PORT));
      assertEquals(1.0, value(after, "mhs_device_up{mac=\"00:00:5e:00:53:02\",name=\"device-2\"}"));
      assertEquals(1.0, value(after, "mhs_ws_clients"));
      assertEquals(1.0, value(after, "mhs_source_up{source=\"fake\"}"));
      assertTrue(after.containsKey("mhs_build_info{version=\"development\"}"));
      for (Map.Entry<String, Double> one : before.entrySet()) {
        if (one.getKey().contains("_total")) {
          assertTrue(value(after, one.getKey()) >= one.getValue(), one.getKey());
        }
      }
    }
  }

  private static boolean haveGrown(
      Map<String, Double> before, Map<String, Double> after, String... names) {
    return Stream.of(names).allMatch(name -> value(after, name) > value(before, name));
  }

  private static double value(Map<String, Double> samples, String name) {
    Double value = samples.get(name);
    assertTrue(value != null, name);
    return value == null ? 0 : value;
  }

  /** Reads the text format 0.0.4 strictly: help, type, then the samples of that family. */
  private static Map<String, Double> samples(RunningServer server) throws Exception {
    HttpResponse<String> answer = server.get("/observe/metrics");
    assertEquals(200, answer.statusCode());
    assertTrue(
        answer
            .headers()
            .firstValue("Content-Type")
            .orElse("")
            .startsWith("text/plain; version=0.0.4"));
    Map<String, Double> samples = new LinkedHashMap<>();
    Map<String, String> types = new HashMap<>();
    String family = "";
    for (String line : answer.body().lines().toList()) {
      List<String> words = List.of(line.split(" ", 4));
      if (line.startsWith("# HELP ")) {
        family = words.get(2);
        assertTrue(!types.containsKey(family), family + " twice");
      } else if (line.startsWith("# TYPE ")) {
        assertEquals(family, words.get(2));
        types.put(family, words.get(3));
        assertEquals(family.endsWith("_total"), words.get(3).equals("counter"), line);
      } else {
        Matcher sample = SAMPLE.matcher(line);
        assertTrue(sample.matches(), line);
        assertEquals(family, sample.group(1));
        String name = sample.group(1) + (sample.group(2) == null ? "" : sample.group(2));
        assertTrue(samples.put(name, Double.valueOf(sample.group(3))) == null, name + " twice");
      }
    }
    Set<String> ours = new HashSet<>(types.keySet());
    ours.removeIf(name -> !name.startsWith("mhs_"));
    assertEquals(NAMES, ours);
    return samples;
  }
}
