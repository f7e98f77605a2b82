package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The built image as {@code ./mhs doctor} calls it, with a router that stands in on loopback. */
@Timeout(120)
class DoctorIT {
  private static final Map<String, String> MENUS =
      Map.of(
          "system/resource", "{'uptime':'1d','version':'7.16.2 (stable)','board-name':'hAP'}",
          "system/identity", "{'name':'attic'}",
          "interface",
              "[{'.id':'*1','name':'ether1','type':'ether','running':'true','rx-byte':'1','tx-byte':'2'},"
                  + "{'.id':'*2','name':'bridge','type':'bridge','running':'true'}]",
          "interface/list/member", "[{'list':'WAN','interface':'ether1'}]",
          "ip/address", "[{'address':'192.168.88.1/24','interface':'bridge'}]",
          "ip/arp",
              "[{'address':'192.168.88.10','mac-address':'00:00:5E:00:53:0A','interface':'bridge',"
                  + "'status':'reachable'}]",
          "ip/firewall/connection", "[]",
          "ip/firewall/filter", "[{'.id':'*9','action':'fasttrack-connection','chain':'forward'}]",
          "queue/simple", "[]");

  @TempDir Path folder;
  private HttpServer router;

  @BeforeEach
  void start() throws IOException {
    router = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    router
        .createContext(
            "/rest/",
            exchange -> {
              String menu = exchange.getRequestURI().getPath().substring("/rest/".length());
              String json = MENUS.getOrDefault(menu, "{'detail':'no such command'}");
              byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(MENUS.containsKey(menu) ? 200 : 400, body.length);
              try (exchange) {
                exchange.getResponseBody().write(body);
              }
            })
        .setAuthenticator(
            new BasicAuthenticator("router") {
              @Override
              public boolean checkCredentials(String user, String password) {
                return user.equals("mhs") && password.equals("geheim");
              }
            });
    router.start();
  }

  @AfterEach
  void stop() {
    router.stop(0);
  }

  @Test
  void whatTheRouterCanIsListedWithWhatMendsTheRest() throws InterruptedException {
    Command.Result examined = examine("127.0.0.1:" + router.getAddress().getPort(), "geheim");

    String paper = examined.output();
    assertEquals(0, examined.code(), paper);
    assertTrue(paper.contains("good     devices: 1 device\n"), paper);
    assertTrue(paper.contains("good     bandwidth: by conntrack"), paper);
    assertTrue(
        paper.contains("good     ports: attic (hAP) with 1 port, the line on ether1\n"), paper);
    assertTrue(paper.contains("good     limits: 0 limits in force\n"), paper);
    assertTrue(paper.contains("lacking  FastTrack is on"), paper);
    assertTrue(paper.contains("limits.fasttrack: exempt"), paper);
    assertTrue(paper.contains("lacking  its password crosses the network readable"), paper);
    assertTrue(
        paper.contains("Source local (local, asked without sending anything)\ngood     devices: "),
        paper);
    assertFalse(paper.contains("geheim"), paper);
    assertFalse(paper.contains("\u001b"), paper);
  }

  @Test
  void aRefusedLoginIsBrokenAndSoIsTheWhole() throws InterruptedException {
    Command.Result examined = examine("127.0.0.1:" + router.getAddress().getPort(), "not-it-7");

    String paper = examined.output();
    assertEquals(1, examined.code(), paper);
    assertTrue(paper.contains("broken   devices: the router refused the login"), paper);
    assertTrue(paper.contains("             /user/set [find name=\"mhs\"]"), paper);
    assertFalse(paper.contains("not-it-7"), paper);
  }

  @Test
  void aRouterThatIsNotThereIsBroken() throws IOException, InterruptedException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    Command.Result examined = examine("127.0.0.1:" + free, "geheim");

    assertEquals(1, examined.code(), examined.output());
    assertTrue(examined.output().contains("no connection"), examined.output());
    assertTrue(examined.output().contains("/ip/service/set www disabled=no"), examined.output());
  }

  private Command.Result examine(String host, String password) throws InterruptedException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("ROUTER_HOST", host);
    settings.put("ROUTER_USER", "mhs");
    settings.put("ROUTER_PASS", password);
    settings.put("ROUTER_TLS", "plain");
    MhsProcess.Ending ending = MhsProcess.ended(folder, settings, "doctor");
    return new Command.Result(ending.code(), ending.out() + String.join("\n", ending.err()));
  }
}
