package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.mhs.dist.BuiltClone.Started;
import dev.mhs.dist.PlayedHousehold.Thing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the documents that an ordinary user types in a clone, as they stand there. Where
 * they say what is each reader's own (an address, a token), the test says its own.
 */
@Tag("documents")
class DocumentsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String LOCALLY = "http://localhost:8000";
  private static final String SECRET = "a long random text";
  private static final Pattern TOKEN = Pattern.compile("mhs_[\\w-]+");

  private final Path folder;
  private BuiltClone clone;

  DocumentsIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void build() throws IOException {
    BuiltClone.copySources(Files.createDirectory(folder.resolve("clone")));
    clone = BuiltClone.in(folder.resolve("clone"));
  }

  @AfterEach
  void clean() throws IOException {
    clone.close();
  }

  @Test
  @Runs({"git clone <this repository> mhs && cd mhs", "./mhs run"})
  void theReadmesTwoCommandsLeadToThePage() throws Exception {
    Path origin = Files.createDirectory(folder.resolve("origin"));
    BuiltClone.copySources(origin);
    Command.of("sh", "-euc", "cd \"$1\"; git init -q; git add -A", "sh")
        .with(origin.toString())
        .run();
    Command.of("git", "-C", origin.toString(), "-c", "user.name=A", "-c", "user.email=a@b.c")
        .with("commit", "-qm", "All of it")
        .run();
    List<String> two = Markdown.shell("README.md#two-commands").getFirst().commands();

    Command.of("env", "-C", folder.toString(), "sh", "-euc")
        .with(two.getFirst().replace("<this repository>", origin.toString()) + " && test -x mhs")
        .run();
    try (BuiltClone cloned = BuiltClone.in(folder.resolve("mhs"));
        Started mhs = cloned.start(two.getLast())) {
      assertTrue(cloned.run("curl " + mhs.address()).contains("<title>MHS"));
    }
  }

  @Test
  @Runs({"cp .env.example .env", "./mhs run"})
  void withARouterItIsTheSameAfterWritingItsAddress() throws Exception {
    List<String> commands =
        Markdown.shell("README.md#with-a-mikrotik-router").getFirst().commands();

    clone.run(commands.getFirst());
    String written = Files.readString(clone.folder().resolve(".env"));
    assertTrue(written.contains("ROUTER_USER=mhs"), written);

    try (Started mhs = clone.start(commands.getLast())) {
      assertTrue(clone.run("curl " + mhs.address() + "/api/sources").contains("\"local\""));
    }
  }

  @Test
  @Runs({"./mhs run", "./mhs doctor", "cp .env.example .env"})
  void gettingStartedWorksUpToTheRouter() throws Exception {

    try (Started mhs = clone.start(command("docs/getting-started.md#see-your-own-network", 0))) {
      assertEquals("0", clone.run("curl -o page " + mhs.address() + " && echo $?").strip());
    }
    String doctor = clone.run(command("docs/getting-started.md#see-your-own-network", 1));
    assertTrue(doctor.contains("Java"), doctor);
    clone.run(command("docs/getting-started.md#see-your-own-network", 2));
    assertTrue(Files.exists(clone.folder().resolve(".env")));
  }

  private static String command(String section, int block) {
    return Markdown.shell(section).get(block).commands().getFirst();
  }

  @Test
  @Runs({
    "./mhs token create grafana --scope read --expires 365d",
    "./mhs token list",
    "curl -H 'Authorization: Bearer mhs_…' http://localhost:8000/api/devices",
    "./mhs token revoke grafana"
  })
  void aTokenIsMadeListedUsedAndRevoked() throws Exception {
    clone.set("DASHBOARD_USER", "admin");
    clone.set("DASHBOARD_PASS", "a secret");
    try (Started mhs = clone.start("./mhs run")) {
      String token = TOKEN.pattern();
      for (String command :
          Markdown.shell("docs/configuration.md#who-may-come-in").getFirst().commands()) {
        String said = clone.run(command.replace(LOCALLY, mhs.address()).replace("mhs_…", token));
        Matcher made = TOKEN.matcher(said);
        token = made.find() ? made.group() : token;
        if (command.startsWith("curl")) {
          assertTrue(said.contains("\"devices\""), said);
        }
      }
      assertTrue(token.length() > 20, token);
      assertEquals("", clone.run("./mhs token list | grep grafana || :"));
    }
  }

  @Test
  @Runs({
    "curl -X POST http://localhost:8000/api/alerts/test",
    "curl -X PUT http://localhost:8000/api/watch/192.168.88.10",
    "curl -X DELETE http://localhost:8000/api/watch/00:11:32:aa:bb:01"
  })
  void alertsAreTriedAndDevicesWatched() throws Exception {
    PlayedHousehold.of(
        clone.folder(),
        List.of(new Thing("00:11:32:aa:bb:01", "192.168.88.10", "nas", "Synology", "e2", 0, 0, 0)));
    List<Signed> alerts = new CopyOnWriteArrayList<>();
    HttpServer webhook =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String signature = exchange.getRequestHeaders().getFirst("X-MHS-Signature");
          alerts.add(new Signed(body, signature));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    webhook.start();
    clone.set("ALERT_WEBHOOK_URL", "http://127.0.0.1:" + webhook.getAddress().getPort());
    clone.set("MHS_ALERTS_WEBHOOK_SECRET", SECRET);
    try (Started mhs = clone.start("./mhs run")) {
      Await.until("the nas is seen", SOON, () -> seen(mhs, "192.168.88.10"));
      for (String section :
          List.of("docs/alerts.md#does-it-work", "docs/alerts.md#which-devices")) {
        for (String command : Markdown.shell(section).getFirst().commands()) {
          String said = clone.run(command.replace(LOCALLY, mhs.address()));
          assertTrue(said.contains("\"ok\":true"), said);
        }
      }
      assertEquals(1, alerts.size());
      assertEquals("True False", checked(alerts.getFirst()));
    } finally {
      webhook.stop(0);
    }
  }

  /** What a webhook was sent. */
  private record Signed(String body, String signature) {}

  /** Checks a message, and then a forged one, by the program in the document. */
  private String checked(Signed alert) throws IOException {
    String program =
        Markdown.of("docs/alerts.md").blocks().stream()
            .filter(block -> block.language().equals("python"))
            .findFirst()
            .orElseThrow()
            .text();
    Path file =
        Files.writeString(
            folder.resolve("check.py"),
            program
                + """

                import sys
                body = open(sys.argv[1], "rb").read()
                print(is_from_mhs(sys.argv[2], body, sys.argv[3]), is_from_mhs(sys.argv[2], body + b" ", sys.argv[3]))
                """);
    Path body = Files.writeString(folder.resolve("body"), alert.body());
    return Command.of("python3", file.toString(), body.toString(), SECRET, alert.signature())
        .run()
        .strip();
  }

  private Optional<String> seen(Started mhs, String what) {
    return Optional.of(clone.run("curl " + mhs.address() + "/api/devices"))
        .filter(all -> all.contains(what));
  }
}
