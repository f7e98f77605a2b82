package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way of looking for devices alone, and all of them: what is told of everybody. */
@Tag("netns")
@ExtendWith(NeedsNamespaces.class)
@TestInstance(Lifecycle.PER_CLASS)
class MeansIT {
  private static final Duration DISCOVERY = Duration.ofSeconds(60);

  /** Whose block of addresses the members' are: IEEE's list, 00-00-5E. */
  private static final String MAKER = "ICANN, IANA Department";

  private final List<Member> members = new ArrayList<>();
  private Home home;
  private Member observer;

  @BeforeAll
  void buildAHome(@TempDir Path folder) {
    home = Home.build(folder);
    for (String name : List.of("nas", "phone", "tv")) {
      members.add(home.join(name));
    }
    observer = home.join("observer");
  }

  @AfterAll
  void removeIt() {
    home.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nmap", "arp", "ping", "nmap,arp,ping"})
  void everybodyIsToldWithAddressMacNameAndMaker(String means, @TempDir Path folder)
      throws InterruptedException, IOException {
    observer.namespace().ip("neigh", "flush", "dev", "eth0"); // whom the others met
    Path own = Files.createDirectory(folder.resolve("mhs"));
    Map<String, String> settings =
        Map.of("MHS_LOCAL_SCAN", "active", "MHS_LOCAL_MEANS", means, "MHS_LOCAL_COUNTING", "off");
    String method = means.startsWith("nmap") ? "nmap" : means.equals("arp") ? "arp" : "neighbor";
    try (RunningMhs mhs = RunningMhs.start(observer, own, settings)) {
      for (Member member : members) {
        JsonObject device =
            Await.until(
                member.hostname() + " is told with its name, by " + means,
                DISCOVERY,
                () ->
                    device(mhs, member)
                        .filter(each -> member.hostname().equals(each.getString("hostname", "")))
                        .filter(each -> each.getString("scan_method").contains(method)));

        assertEquals(member.address(), device.getString("ip"));
        assertEquals("online", device.getString("status"));
        // nmap writes it in small letters.
        assertTrue(MAKER.equalsIgnoreCase(device.getString("vendor")), device.getString("vendor"));
      }
      mhs.stop();
    }
  }

  private static Optional<JsonObject> device(RunningMhs mhs, Member member) {
    return mhs.json("/api/devices").getJsonArray("devices").getValuesAs(JsonObject.class).stream()
        .filter(each -> member.mac().equals(each.getString("mac", "")))
        .findFirst();
  }
}
