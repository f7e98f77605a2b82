package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The lab as people use it, and in it the whole product as a gateway. */
@Tag("netns")
@ExtendWith(NeedsNamespaces.class)
class LabIT {
  private static final Path PROJECT = Path.of(System.getProperty("mhs.root")).normalize();
  private static final List<String> MEMBERS = List.of("nas", "laptop", "phone", "tv", "printer");
  private static final Duration DISCOVERY = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(45);
  private static final double WITHIN = 0.10;

  /** So that what a crashed run leaves is found by the next one, see {@link Namespace}. */
  private final String name = "mhs-lab-" + ProcessHandle.current().pid() + "-99-lab";

  private final Path folder;

  LabIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void remove() {
    lab("down").run();
  }

  private Command lab(String... words) {
    return Command.of("env", "LAB_NAME=" + name, "LAB_PORT=0")
        .with(PROJECT.resolve("mhs").toString(), "lab")
        .with(words);
  }

  private Command inside(String machine, String... words) {
    return Command.of("ip", "netns", "exec", name + "-" + machine).with(words);
  }

  /** Returns what the lab says of a machine: its address and its MAC. */
  private String[] machine(String machine) {
    Matcher line =
        Pattern.compile("(?m)^" + machine + " +([0-9.]+) +([0-9a-f:]{17}) ")
            .matcher(lab("status").run());
    assertTrue(line.find(), machine + " has an address");
    return new String[] {line.group(1), line.group(2)};
  }

  @Test
  void itStandsAfterUpAndIsGoneAfterDown() {
    lab("up").run();

    for (String member : MEMBERS) {
      assertTrue(machine(member)[0].startsWith("192.168.77."), member);
    }
    String reached =
        inside("laptop", "curl", "-sv", "-m", "5", "http://" + Home.WORLD + ":9/")
            .result()
            .output();
    assertTrue(reached.contains("refused"), reached); // by the world, through the router
    String before = lab("status").run();
    assertTrue(lab("up").run().contains("The lab is up already."));
    assertEquals(before, lab("status").run());

    lab("down").run();

    assertFalse(Command.of("ip", "netns", "list").run().contains(name));
    assertEquals(1, lab("status").result().code());
  }

  @Test
  void whatACrashLeftOfItIsMadeAnew() {
    Command.of("ip", "netns", "add", name + "-router").run();
    Command.of("ip", "netns", "add", name + "-tv").run();
    assertTrue(lab("status").run().contains("only half there"));

    lab("up").run();

    assertTrue(machine("tv")[0].startsWith("192.168.77."));
  }

  @Test
  void aLimitOfTheGatewayOutlivesMhsAndEndsByDelete() throws Exception {
    lab("up").run();
    Process mhs = run("first.log");
    Await.until("all members are told", DISCOVERY, this::everybody);
    String laptop = "/api/limits/" + machine("laptop")[1];

    JsonObject set = ask("-X", "POST", "-d", "{\"download_mbps\":20,\"upload_mbps\":10}", laptop);

    assertTrue(set.toString().contains("\"enforced\":true"), set.toString());
    assertEquals(20, download(), WITHIN * 20);
    kill(mhs);
    assertTrue(table().contains(machine("laptop")[1]), "the kernel keeps it");
    assertEquals(20, download(), WITHIN * 20);

    Process next = run("next.log");
    Await.until("the next start knows it", LOOK, () -> limited(laptop, 20));
    ask("-X", "DELETE", laptop);

    assertEquals("", table());
    assertTrue(download() > 100, "full speed again");
    next.destroy();
    next.waitFor();
  }

  private Process run(String log) {
    return lab("run", "--no-build").start(folder.resolve(log), Map.of());
  }

  /** Ends MHS as a power cut does. */
  private void kill(Process mhs) throws InterruptedException {
    inside("router", "ip", "netns", "pids", name + "-router")
        .run()
        .lines()
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .forEach(ProcessHandle::destroyForcibly);
    assertNotEquals(0, mhs.waitFor());
  }

  private Optional<String> everybody() {
    String devices = ask("/api/devices").toString();
    return MEMBERS.stream().allMatch(each -> devices.contains("\"" + each + "\""))
        ? Optional.of(devices)
        : Optional.empty();
  }

  private Optional<JsonObject> limited(String path, int megabits) {
    JsonObject told = ask(path);
    return Optional.of(told)
        .filter(one -> one.toString().contains("\"enforced\":true"))
        .filter(one -> one.toString().contains("\"download_mbps\":" + megabits));
  }

  /** Asks MHS on the router; the path is last. */
  private JsonObject ask(String... words) {
    List<String> all = List.of(words);
    String[] options = all.subList(0, all.size() - 1).toArray(String[]::new);
    String answer =
        inside("router", "curl", "--silent", "--show-error", "--fail-with-body", "-m", "20")
            .with("-H", "Content-Type: application/json")
            .with(options)
            .with("http://localhost:8000" + all.getLast())
            .run();
    return Json.createReader(new StringReader(answer)).readObject();
  }

  private String table() {
    Command.Result listed =
        inside("router", "nft", "list", "table", "netdev", "mhs_limits").result();
    return listed.code() == 0 ? listed.output() : "";
  }

  /**
   * Returns the megabits per second that the laptop gets, of as many as leave the machine to
   * others.
   */
  private double download() {
    String said =
        inside("laptop", "iperf3", "-c", Home.WORLD, "-R", "-b", "400M", "-t", "5", "-O", "1", "-J")
            .run();
    return Json.createReader(new StringReader(said))
            .readObject()
            .getJsonObject("end")
            .getJsonObject("sum_received")
            .getJsonNumber("bits_per_second")
            .doubleValue()
        / 1e6;
  }
}
