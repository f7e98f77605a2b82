package dev.mhs.source.routeros.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mhs.api.FailureKind;
import dev.mhs.source.routeros.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyParserTest {
  private final ReplyParser parser = new ReplyParser();

  static List<String> samples() {
    return Samples.names();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsRead(String name) throws IOException {
    RouterReply<Row> reply = parse(Samples.bytes(name));

    assertInstanceOf(RouterReply.Answer.class, reply);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyPrefixOfASampleIsAValueOrAFailure(String name) throws IOException {
    byte[] whole = Samples.bytes(name);
    int end = new String(whole, StandardCharsets.UTF_8).stripTrailing().length();
    for (int length = 0; length < end; length++) {
      RouterReply<Row> reply = parse(Arrays.copyOf(whole, length));

      assertEquals(FailureKind.MALFORMED, kind(reply), name + " cut to " + length);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void randomlyDamagedSamplesNeverThrow(String name) throws IOException {
    long seed = name.hashCode();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] damaged = Samples.bytes(name);
      for (int hit = 0; hit < 3; hit++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }

      RouterReply<Row> reply = parse(damaged);

      assertFalse(reply instanceof RouterReply.Absent<Row>, "seed " + seed + ", round " + round);
    }
  }

  @Test
  void anObjectIsOneRowAndAnArrayIsMany() throws IOException {
    assertEquals(1, rows("{\"version\":\"7.14.3 (stable)\"}").size());
    assertEquals(2, rows("[{\".id\":\"*1\"},{\".id\":\"*2\"}]").size());
    assertEquals(0, rows("[]").size());
  }

  @Test
  void numbersBooleansAndNestedValuesDoNoHarm() throws IOException {
    Row row =
        rows("[{\"a\":1,\"b\":true,\"c\":null,\"d\":[1,{\"x\":2}],\"e\":{\"y\":3},\"f\":\"z\"}]")
            .get(0);

    assertEquals(Optional.of("1"), row.text("a"));
    assertEquals(true, row.flag("b"));
    assertEquals(Optional.empty(), row.text("c"));
    assertEquals(Optional.empty(), row.text("d"));
    assertEquals(Optional.of("z"), row.text("f"));
  }

  @Test
  void aMissingBooleanIsFalseAndAMissingNumberIsNone() {
    Row row = new Row(Map.of("n", "-1", "big", "99999999999999999999", "text", "x1"));

    assertFalse(row.flag("disabled"));
    assertFalse(row.number("n").isPresent());
    assertFalse(row.number("big").isPresent());
    assertFalse(row.number("text").isPresent());
    assertFalse(row.number("gone").isPresent());
  }

  @Test
  void utf8AndWindows1252StandInOneAnswer() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        "[{\"host-name\":\"Bü\uD83D\uDE00\",\"comment\":\"K".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xfc); // ü as WinBox writes it
    bytes.write(0x80); // the euro sign
    bytes.writeBytes("che\"}]".getBytes(StandardCharsets.UTF_8));

    Row row = answer(parse(bytes.toByteArray())).get(0);

    assertEquals(Optional.of("Bü\uD83D\uDE00"), row.text("host-name"));
    assertEquals(Optional.of("Kü€che"), row.text("comment"));
  }

  @Test
  void charactersAcrossTheEdgesOfTheReadBuffersStayWhole() throws IOException {
    for (int length = 8_150; length < 8_200; length++) {
      String name = "x".repeat(length) + "€ü\uD83D\uDE00\u0001";

      Row row = rows("[{\"name\":\"" + name + "\"}]").get(0);

      assertEquals(Optional.of(name), row.text("name"));
    }
  }

  @Test
  void rawControlCharactersInsideStringsAreKept() throws IOException {
    Row row = rows("[{\"comment\":\"one\ntwo\u0001 \\\"q\\\" \\\\\"}]").get(0);

    assertEquals(Optional.of("one\ntwo\u0001 \"q\" \\"), row.text("comment"));
  }

  @Test
  void whatIsNoTableIsMalformed() throws IOException {
    for (String text :
        List.of(
            "",
            " ",
            "1",
            "\"x\"",
            "[1]",
            "[[]]",
            "[{}]x",
            "[{}][{}]",
            "<html>",
            "[{\"a\":}]",
            "[{\"a\":[1,",
            "{\"a\":{\"b\":1")) {
      assertEquals(FailureKind.MALFORMED, kind(parse(text.getBytes(StandardCharsets.UTF_8))), text);
    }
  }

  @Test
  void moreRowsThanAcceptedAreRefused() throws IOException {
    byte[] three = "[{},{},{}]".getBytes(StandardCharsets.UTF_8);

    assertEquals(
        FailureKind.REFUSED, kind(parser.parse(new ByteArrayInputStream(three), Optional::of, 2)));
    assertEquals(3, answer(parser.parse(new ByteArrayInputStream(three), Optional::of, 3)).size());
  }

  @Test
  void anUnreadableStreamIsTheStreamsFault() {
    InputStream breaking =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };

    IOException thrown =
        assertThrows(IOException.class, () -> parser.parse(breaking, Optional::of, 1));
    assertEquals("reset", thrown.getMessage());
  }

  private List<Row> rows(String json) throws IOException {
    return answer(parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  private RouterReply<Row> parse(byte[] json) throws IOException {
    return parser.parse(new ByteArrayInputStream(json), Optional::of, 1_000);
  }

  private static List<Row> answer(RouterReply<Row> reply) {
    if (reply instanceof RouterReply.Answer<Row>(List<Row> items)) {
      return items;
    }
    throw new AssertionError(reply.toString());
  }

  private static FailureKind kind(RouterReply<Row> reply) {
    return reply instanceof RouterReply.Failed<Row> failed ? failed.kind() : FailureKind.BUG;
  }
}
