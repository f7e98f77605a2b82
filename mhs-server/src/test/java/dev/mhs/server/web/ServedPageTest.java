package dev.mhs.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.webserver.WebServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser gets it: light, and still the program that its sources are. */
class ServedPageTest {
  /** Of what a browser loads before it shows anything. */
  private static final int HEAVIEST = 150_000;

  private static final int HEAVIEST_ZIPPED = 60_000;

  /** With the parts and the style sheets that it loads only when they are first asked for. */
  private static final int HEAVIEST_EVER = 225_000;

  private static final Path SOURCES = Path.of("src");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:src|href)=\"([^\"#]+)\"|from ?'(\\.[^']+)'");
  private static final Pattern LATER_ADDRESS =
      Pattern.compile("import\\('(\\.[^']+)'\\)|'(css/[^']+)'");

  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  @SuppressWarnings("NullAway.Init") // made before each test
  ServedPageTest() {}

  @BeforeEach
  void serve() {
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .routing(routing -> routing.register(new Assets()))
            .build()
            .start();
  }

  @AfterEach
  void end() {
    server.stop();
    client.close();
  }

  @Test
  void thePageWeighsLittleTheLibraryIncluded() throws Exception {
    Map<String, byte[]> plain = page("identity", ADDRESS);
    Map<String, byte[]> zipped = page("gzip", ADDRESS);

    assertTrue(plain.size() >= 15, plain.keySet().toString());
    assertEquals(plain.keySet(), zipped.keySet());
    assertTrue(weight(plain) <= HEAVIEST, weight(plain) + " bytes");
    assertTrue(weight(zipped) <= HEAVIEST_ZIPPED, weight(zipped) + " bytes as gzip");
  }

  @Test
  void whatIsLoadedOnlyWhenItIsAskedForWeighsLittleToo() throws Exception {
    Map<String, byte[]> all = page("identity", ADDRESS, LATER_ADDRESS);

    assertTrue(weight(all) <= HEAVIEST_EVER, weight(all) + " bytes");
  }

  @Test
  void packedAndUnpackedAreTheSame() throws Exception {
    for (String path : List.of("", "js/main.js", "css/mhs.css", "vendor/uplot/uPlot.iife.min.js")) {
      HttpResponse<byte[]> plain = get(path, "identity");
      HttpResponse<byte[]> zipped = get(path, "br, gzip");

      assertEquals("gzip", zipped.headers().firstValue("Content-Encoding").orElse(""));
      assertEquals("Accept-Encoding", zipped.headers().firstValue("Vary").orElse(""));
      assertFalse(plain.headers().firstValue("Content-Encoding").isPresent());
      assertEquals(text(plain.body()), text(unzip(zipped.body())));
      assertFalse(etag(plain).equals(etag(zipped)), "two representations, two tags");
    }
  }

  @Test
  void whoRefusesGzipGetsNone() throws Exception {
    for (String accepted : List.of("gzip;q=0", "gzip; q=0.000, br", "xgzip", "br")) {
      assertFalse(get("", accepted).headers().firstValue("Content-Encoding").isPresent(), accepted);
    }
    for (String accepted : List.of("gzip", "deflate, gzip;q=0.5", "GZIP ; q=1", "br,gzip,x")) {
      assertTrue(get("", accepted).headers().firstValue("Content-Encoding").isPresent(), accepted);
    }
  }

  @Test
  void aCopyThatIsStillGoodIsNotSentAgain() throws Exception {
    for (String accepted : List.of("gzip", "identity")) {
      String etag = etag(get("js/main.js", accepted));
      HttpResponse<byte[]> again =
          client.send(
              request("js/main.js", accepted).header("If-None-Match", etag).build(),
              HttpResponse.BodyHandlers.ofByteArray());

      assertEquals(304, again.statusCode());
      assertEquals(etag, etag(again));
    }
  }

  /** The page's own tests pass on what is served as they do on its sources. */
  @Test
  @Tag("js")
  void whatIsServedBehavesAsItsSources(@TempDir Path folder) throws Exception {
    for (Path file : files(SOURCES.resolve("test/js"))) {
      copy(file, folder);
    }
    for (Path file : files(SOURCES.resolve("test/resources/wire"))) {
      copy(file, folder);
    }
    int slimmer = 0;
    for (Path file : files(SOURCES.resolve("main/resources/web"))) {
      Path to = copy(file, folder);
      String path = SOURCES.resolve("main/resources/web").relativize(file).toString();
      HttpResponse<byte[]> served = get(path, "identity");
      if (served.statusCode() == 200) {
        slimmer += served.body().length < Files.size(file) ? 1 : 0;
        Files.write(to, served.body());
      }
    }

    assertTrue(slimmer > 10, "scripts that became smaller: " + slimmer);
    runTests(folder.resolve("src/test/js"));
  }

  private static void runTests(Path folder) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "--test"));
    files(folder).stream()
        .map(Path::toString)
        .filter(name -> name.endsWith(".test.mjs"))
        .forEach(command::add);
    Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = text(node.getInputStream().readAllBytes());
    assertEquals(0, node.waitFor(), said);
  }

  private static Path copy(Path file, Path folder) throws IOException {
    Path to = folder.resolve(file.toString());
    Files.createDirectories(to.getParent());
    return Files.copy(file, to);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Everything that a browser loads, from the first page on. */
  private Map<String, byte[]> page(String accepted, Pattern... links)
      throws IOException, InterruptedException {
    Map<String, byte[]> loaded = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(""));
    while (!open.isEmpty()) {
      String path = open.pop();
      if (loaded.containsKey(path)) {
        continue;
      }
      HttpResponse<byte[]> file = get(path, accepted);
      assertEquals(200, file.statusCode(), path);
      loaded.put(path, file.body());
      byte[] plain =
          file.headers().firstValue("Content-Encoding").isPresent()
              ? unzip(file.body())
              : file.body();
      for (Pattern link : links) {
        addresses(link, text(plain))
            .map(address -> base(address, path).resolve(address))
            .map(URI::getPath)
            .forEach(address -> open.push(address.substring(1)));
      }
    }
    return loaded;
  }

  /** Style sheets are named from the page on, scripts from the script that wants them. */
  private static URI base(String address, String path) {
    return URI.create(address.startsWith("css/") ? "/" : "/" + path);
  }

  private static Stream<String> addresses(Pattern link, String text) {
    return link.matcher(text)
        .results()
        .map(MatchResult::group)
        .map(found -> found.replaceFirst("^[^\"']*[\"']", "").replaceFirst("[\"'].*$", ""));
  }

  private HttpResponse<byte[]> get(String path, String accepted)
      throws IOException, InterruptedException {
    return client.send(request(path, accepted).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path, String accepted) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/" + path))
        .header("Accept-Encoding", accepted);
  }

  private static int weight(Map<String, byte[]> files) {
    return files.values().stream().mapToInt(file -> file.length).sum();
  }

  private static byte[] unzip(byte[] zipped) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return in.readAllBytes();
    }
  }

  private static String etag(HttpResponse<byte[]> response) {
    return response.headers().firstValue("ETag").orElseThrow();
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
