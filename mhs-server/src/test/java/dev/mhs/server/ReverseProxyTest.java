package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.tck.FakeProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx in front, with the configuration of {@code docs/reverse-proxy.md}. */
@Tag("proxy")
class ReverseProxyTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "reverse-proxy.md");

  @TempDir private Path folder;

  @Test
  void pageApiAndWebSocketWorkUnderASubPath() throws Exception {
    Files.createDirectory(folder.resolve("mhs"));
    try (RunningServer server =
            RunningServer.start(
                folder.resolve("mhs"),
                Map.of("MHS_SERVER_BASE_PATH", "/mhs", "MHS_SERVER_ALLOWED_HOSTS", "home.example"),
                new FakeProvider("fake", 100, new Household(new SystemTime(), 3).source()));
        Proxy proxy = Proxy.start(folder.resolve("nginx"), server.port())) {
      for (String path :
          List.of("/mhs/", "/mhs/js/main.js", "/mhs/api/devices", "/mhs/observe/metrics")) {
        assertEquals(200, proxy.ask("GET", path, "home.example", ""), path);
      }
      assertEquals(403, proxy.ask("GET", "/mhs/api/devices", "evil.example", ""));
      assertEquals(
          403,
          proxy.ask(
              "GET", "/mhs/api/devices", "evil.example", "X-Forwarded-Host: home.example\r\n"));
      assertEquals(
          202,
          proxy.ask("POST", "/mhs/api/scan", "home.example", "Origin: https://home.example\r\n"));
      assertEquals(
          403,
          proxy.ask("POST", "/mhs/api/scan", "home.example", "Origin: https://evil.example\r\n"));
      try (RawWebSocket live = RawWebSocket.connect(proxy.port(), "/mhs/ws?mode=delta")) {
        assertTrue(live.next().text().startsWith("{\"type\":\"update\""));
        assertTrue(live.next().text().startsWith("{\"type\":\"delta\""));
      }
    }
  }

  /** An nginx on loopback with a folder of its own. */
  private record Proxy(Process process, int port) implements AutoCloseable {
    static Proxy start(Path folder, int server) throws Exception {
      Files.createDirectories(folder.resolve("logs"));
      int port = freePort();
      Files.writeString(folder.resolve("nginx.conf"), configuration(folder, port, server));
      Process nginx =
          new ProcessBuilder(
                  program(), "-p", folder + "/", "-c", folder.resolve("nginx.conf").toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("said").toFile())
              .start();
      Proxy proxy = new Proxy(nginx, port);
      proxy.awaitListening(folder.resolve("said"));
      return proxy;
    }

    private static String program() {
      return List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx").stream()
          .filter(path -> Files.isExecutable(Path.of(path)))
          .findFirst()
          .orElse("nginx");
    }

    private static String configuration(Path folder, int port, int server) throws IOException {
      String document = Files.readString(DOCUMENT);
      StringBuilder temporary = new StringBuilder();
      for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
        temporary.append(kind).append("_temp_path ").append(folder.resolve(kind)).append(";\n");
      }
      return "daemon off; master_process off; pid "
          + folder.resolve("pid")
          + "; error_log stderr;\nevents {}\nhttp {\naccess_log off;\n"
          + temporary
          + block(document, "map $http_upgrade")
          + "server {\nlisten 127.0.0.1:"
          + port
          + ";\n"
          + block(document, "location /mhs/").replace("127.0.0.1:8000", "127.0.0.1:" + server)
          + "}\n}\n";
    }

    private static String block(String document, String first) {
      int begin = document.indexOf(first);
      assertTrue(begin >= 0, first);
      return document.substring(begin, document.indexOf("```", begin));
    }

    private static int freePort() throws IOException {
      try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return any.getLocalPort();
      }
    }

    private void awaitListening(Path said) throws Exception {
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (true) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          assertNotNull(socket);
          return;
        } catch (IOException notYet) {
          assertTrue(process.isAlive() && System.nanoTime() < end, Files.readString(said));
        }
      }
    }

    /** Returns the status of the answer. */
    int ask(String method, String path, String host, String headers) throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(20_000);
        String request =
            method
                + " "
                + path
                + " HTTP/1.1\r\nHost: "
                + host
                + "\r\nContent-Length: 0\r\nConnection: close\r\n"
                + headers
                + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return Integer.parseInt(answer.substring(9, 12));
      }
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().join();
    }
  }
}
