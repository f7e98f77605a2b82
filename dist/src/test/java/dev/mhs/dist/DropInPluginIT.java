package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.dist.PlayedHousehold.Thing;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that is dropped into {@code plugins/} is a source like any other. */
class DropInPluginIT {
  private static final List<Thing> THINGS =
      List.of(
          new Thing("02:00:5e:00:53:01", "198.51.100.10", "nas", "Example", "ether2", 0, 0, 0),
          new Thing("02:00:5e:00:53:02", "198.51.100.11", "tv", "Example", "ether3", 0, 0, 0),
          new Thing("02:00:5e:00:53:03", "198.51.100.12", "phone", "Example", "wifi1", 0, 0, 0));

  /** So short that an outage outlasts them. */
  private static final Map<String, String> SETTINGS =
      Map.of("MHS_PRESENCE_ONLINE_FOR", "15s", "MHS_PRESENCE_OFFLINE_AFTER", "15s");

  private static final Duration START = Duration.ofSeconds(15);
  private static final Duration TO_LOCAL = Duration.ofSeconds(10);
  private static final Duration BACK = Duration.ofSeconds(30);

  private final Path folder;

  /** Each time that somebody was missing from the list, or called gone. */
  private final Queue<String> losses = new ConcurrentLinkedQueue<>();

  DropInPluginIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aPluginIsFoundAndOutranksTheLocalSourceByItsPriority() throws Exception {
    PlayedHousehold.of(folder, THINGS);
    try (MhsProcess mhs = MhsProcess.start(folder, SETTINGS)) {
      Await.until("the household answers", START, () -> answering(mhs, "household"));

      JsonObject plugin = source(mhs, "household");
      assertEquals(folder.resolve("plugins/household").toString(), plugin.getString("origin"));
      assertEquals("Example", plugin.getString("vendor"));
      assertEquals(70, plugin.getInt("priority"));
      assertTrue(plugin.isNull("problem"));
      JsonObject local = source(mhs, "local");
      assertEquals("built-in", local.getString("origin"));
      assertTrue(local.getInt("priority") < plugin.getInt("priority"));
      assertEquals(allOf("online"), things(mhs));
      assertEquals(143, mhs.stop().code());
    }
  }

  @Test
  void whileThePluginIsOffLocalAnswersAndNobodyIsLost() throws Exception {
    PlayedHousehold household = PlayedHousehold.of(folder, THINGS);
    try (MhsProcess mhs = MhsProcess.start(folder, SETTINGS)) {
      Await.until("all are online", START, () -> all(mhs, "online"));

      household.switchOff();
      Await.until("local answers", TO_LOCAL, () -> keepingAll(mhs, answering(mhs, "local")));
      String reason = mhs.json("/api/sources").getJsonObject("choices").toString();
      assertTrue(reason.contains("the household is switched off"), reason);
      // Local would see none of them if they were there: it cannot call them gone.
      Await.until("nobody can see them", BACK, () -> keepingAll(mhs, all(mhs, "unknown")));

      household.switchOn();
      Await.until(
          "the household answers again", BACK, () -> keepingAll(mhs, answering(mhs, "household")));
      Await.until("all are online again", START, () -> keepingAll(mhs, all(mhs, "online")));
      assertEquals(List.of(), List.copyOf(losses));
    }
  }

  @Test
  void aBrokenPluginIsReportedAndSkipped() throws Exception {
    PlayedHousehold.of(folder, THINGS);
    Path plugins = folder.resolve("plugins");
    Path damaged = Files.createDirectories(plugins.resolve("damaged"));
    Files.writeString(damaged.resolve("plugin.jar"), "no jar at all");
    Path hollow = PluginJar.dropWithoutItsProvider(plugins, "hollow");
    try (MhsProcess mhs = MhsProcess.start(folder, SETTINGS)) {
      Await.until("the household answers", START, () -> answering(mhs, "household"));

      assertReported(mhs, "damaged", damaged, "cannot be read");
      assertReported(mhs, "hollow", hollow, "example.absent.Provider");
    }
  }

  private static void assertReported(MhsProcess mhs, String id, Path origin, String why)
      throws IOException, InterruptedException {
    JsonObject source = source(mhs, id);
    assertEquals("broken", source.getString("state"));
    assertEquals(origin.toString(), source.getString("origin"));
    assertTrue(source.getString("problem").contains(why), source.toString());
    List<String> logged = mhs.log().lines().filter(line -> line.contains(origin + " ")).toList();
    assertEquals(1, logged.size(), mhs.log());
  }

  /** Passes on what was awaited, and looks by the way whether everybody is still there. */
  private <T> Optional<T> keepingAll(MhsProcess mhs, Optional<T> awaited)
      throws IOException, InterruptedException {
    Map<String, String> states = things(mhs);
    if (states.size() < THINGS.size() || states.containsValue("offline")) {
      losses.add(states.toString());
    }
    return awaited;
  }

  /** Returns the state of everybody of the household who is listed, by MAC. */
  private static Map<String, String> things(MhsProcess mhs)
      throws IOException, InterruptedException {
    Map<String, String> states = new TreeMap<>();
    for (JsonObject device : listed(mhs.json("/api/devices"), "devices")) {
      String mac = device.isNull("mac") ? "" : device.getString("mac");
      if (THINGS.stream().anyMatch(thing -> thing.mac().equals(mac))) {
        states.put(mac, device.getString("status"));
      }
    }
    return states;
  }

  private static Optional<Boolean> all(MhsProcess mhs, String state)
      throws IOException, InterruptedException {
    return Optional.of(things(mhs).equals(allOf(state))).filter(yes -> yes);
  }

  private static Map<String, String> allOf(String state) {
    Map<String, String> states = new TreeMap<>();
    THINGS.forEach(thing -> states.put(thing.mac(), state));
    return states;
  }

  private static Optional<String> answering(MhsProcess mhs, String id)
      throws IOException, InterruptedException {
    JsonObject update = mhs.json("/api/devices");
    return Optional.of(update.isNull("source") ? "" : update.getString("source"))
        .filter(id::equals);
  }

  private static JsonObject source(MhsProcess mhs, String id)
      throws IOException, InterruptedException {
    return listed(mhs.json("/api/sources"), "sources").stream()
        .filter(source -> source.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonObject> listed(JsonObject answer, String name) {
    return answer.getJsonArray(name).getValuesAs(JsonObject.class);
  }
}
