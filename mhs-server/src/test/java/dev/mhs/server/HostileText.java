package dev.mhs.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What nobody means well by: paths, queries, bodies, headers and frames. */
final class HostileText {
  private static final String DEVICE = "192.0.2.1";

  /** As they may stand in a path, percent-encoded or not at all. */
  private static final List<String> NAMES =
      List.of(
          "%00",
          "%ff",
          "%c3%28",
          "%zz",
          "%",
          "%2e%2e%2fetc%2fpasswd",
          "..;",
          ";x=y",
          "'%20OR%201=1--",
          "%0d%0aX-Injected:%20yes",
          "%F0%9F%98%80",
          "\u00e9\u00ff",
          "999.999.999.999",
          "1",
          "-1",
          "99999999999999999999",
          "1e999",
          "0x7f000001",
          "::",
          "::ffff:192.0.2.1",
          "fe80::1%25eth0",
          "00:00:00:00:00:00",
          "gg:gg:gg:gg:gg:gg",
          "00:00:5e:00:53:01:00:00:5e:00:53:01",
          "%7B%7D",
          "a".repeat(3000),
          "%41".repeat(1000),
          "a/".repeat(1500));

  private static final List<String> PARAMETERS =
      List.of(
          "since",
          "until",
          "from",
          "to",
          "cursor",
          "limit",
          "kind",
          "device",
          "ip",
          "hours",
          "step",
          "window",
          "minutes",
          "days",
          "period",
          "format",
          "mode",
          "compress");

  private static final List<String> VALUES =
      List.of(
          "",
          "-1",
          "0",
          "1e999",
          "-1e-999",
          "NaN",
          "Infinity",
          "99999999999999999999",
          "9223372036854775807",
          "-9223372036854775808",
          "2147483648",
          "0.5",
          "1_000",
          "%00",
          "%ff%fe",
          "%zz",
          "%",
          "%F0%9F%98%80",
          "[]",
          "%5B%5D",
          "2026-13-45T99:99:99Z",
          "-999999999-01-01T00:00:00Z",
          "%2B1000000000-12-31T23:59:59Z",
          "csv",
          "'--",
          "9".repeat(3000));

  private static final List<String> FIELDS =
      List.of(
          "limit_mbps",
          "download_mbps",
          "upload_mbps",
          "alias",
          "user",
          "pass",
          "watch",
          "watched");

  private static final List<String> JSON_VALUES =
      List.of(
          "null",
          "true",
          "[]",
          "{}",
          "[[1]]",
          "-1",
          "-0.0",
          "1e999999999",
          "1e-400",
          "123456789012345678901234567890",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u202e\\u0007\"",
          "\"-1\"",
          "\"" + "a".repeat(50_000) + "\"");

  private static final List<String> HEADERS =
      List.of(
          "If-None-Match: \"\u00ff",
          "If-None-Match: " + "\"a\",".repeat(1000),
          "If-Modified-Since: yesterday",
          "Range: bytes=9-1,-,99999999999999999999-",
          "Accept: \u00ff;q=x,,;/*",
          "Accept-Encoding: gzip;q=-1,*;q=x,\u00ff",
          "Accept-Language: " + "x-".repeat(2000),
          "Content-Type: ;;;",
          "Content-Type: application/json; charset=nonsense",
          "Content-Encoding: nonsense",
          "Content-Length: 99999999999999999999",
          "Content-Length: abc",
          "Transfer-Encoding: nonsense",
          "Expect: nonsense",
          "Authorization: Basic !!!",
          "Authorization: Basic ",
          "Authorization: Bearer \u00ff",
          "Cookie: ;;==;mhs_session=\u00ff;\"",
          "Cookie: " + "a=b;".repeat(1500),
          "Origin: null",
          "Origin: http://[::1",
          "Referer: \u00ff",
          "X-Forwarded-For: ,,,999.1.1.1,%00",
          "X-Forwarded-For: " + "1.2.3.4,".repeat(900),
          "Host: 127.0.0.1\r\nHost: 127.0.0.2",
          "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAAA",
          "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 0",
          "A: b\r\n folded",
          ": no name",
          "no colon",
          "a b: c",
          "X: \u0000\u0001",
          "X-Many: y\r\n".repeat(500).strip());

  private HostileText() {}

  /** Returns a path with each bad name in the place of the device, and behind its end. */
  static List<String> paths(String path) {
    List<String> paths = new ArrayList<>();
    for (String name : NAMES) {
      if (path.contains(DEVICE)) {
        paths.add(path.replace(DEVICE, name));
      }
      paths.add(path + "/" + name);
    }
    paths.addAll(List.of("/" + path, path + "//", path + "#x", path + "\\", "http://x" + path));
    return paths;
  }

  /** Returns queries: each parameter there is with some bad values, and what is no query. */
  static List<String> queries(Random random) {
    List<String> queries =
        new ArrayList<>(List.of("", "&&&", "=", "?", "a", "%", "\u00ff", "=&=x"));
    for (String name : PARAMETERS) {
      for (int i = 0; i < 3; i++) {
        queries.add(name + "=" + one(VALUES, random));
      }
      queries.add(name);
      queries.add(name + "=1&" + name + "=" + one(VALUES, random));
    }
    return queries;
  }

  /**
   * Returns bodies: too long, too deep, no text, no JSON, JSON of other types than are asked for.
   */
  static List<byte[]> bodies() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "{\"alias\":\"" + "a".repeat(1_000_000) + "\"}",
                "[" + "1,".repeat(500_000) + "1]",
                "[".repeat(60_000),
                "{\"a\":".repeat(10_000),
                "{\"limit_mbps\":" + "[".repeat(60_000),
                "{" + "\"a\":1,".repeat(9_000) + "\"a\":1}",
                "",
                " ",
                "{",
                "[]",
                "null",
                "true",
                "\"text\"",
                "{}{}",
                "{\"alias\":\"\u0000\"}",
                "\ufeff{}"));
    for (String field : FIELDS) {
      for (String value : JSON_VALUES) {
        texts.add("{\"" + field + "\":" + value + "}");
      }
    }
    List<byte[]> bodies = new ArrayList<>();
    texts.forEach(text -> bodies.add(text.getBytes(StandardCharsets.UTF_8)));
    for (String text : List.of("{\"alias\":\"\u00ff\u00fe\"}", "{\"\u00c3(\":1}", "\u0000\u00ff")) {
      bodies.add(text.getBytes(StandardCharsets.ISO_8859_1)); // no UTF-8
    }
    return bodies;
  }

  /** Returns headers, each as it stands between its ends of line. */
  static List<String> headers() {
    return HEADERS;
  }

  /** Returns what a frame may hold: JSON of the client, JSON of nobody, no text at all. */
  static byte[] payload(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> "{\"type\":\"resync\"}".getBytes(StandardCharsets.UTF_8);
      case 1 -> ("{\"type\":" + one(JSON_VALUES, random)).getBytes(StandardCharsets.UTF_8);
      case 2 -> "[".repeat(random.nextInt(5000)).getBytes(StandardCharsets.UTF_8);
      case 3 -> new byte[random.nextInt(140)];
      default -> {
        byte[] bytes = new byte[random.nextInt(4200)];
        random.nextBytes(bytes);
        yield bytes;
      }
    };
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
