package dev.mhs.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DotEnvTest {
  private final List<String> problems = new ArrayList<>();

  @Test
  void everyUsualWayOfWritingIsUnderstood() {
    Map<String, String> read =
        read(
            """
            # a comment

            PLAIN=a b  # and a remark
            HASH=a#b
            export EXPORTED = x
            SINGLE='a "b" \\n # c' # remark
            DOUBLE="a 'b' \\"c\\" \\n\\$ \\x # d"
            EMPTY=
            ONLY_REMARK= # nothing
            AGAIN=1
            AGAIN=2
            """);

    assertEquals(
        Map.of(
            "PLAIN", "a b",
            "HASH", "a#b",
            "EXPORTED", "x",
            "SINGLE", "a \"b\" \\n # c",
            "DOUBLE", "a 'b' \"c\" \n$ \\x # d",
            "EMPTY", "",
            "ONLY_REMARK", "",
            "AGAIN", "2"),
        read);
    assertEquals(List.of(), problems);
  }

  @Test
  void linesMayEndAsOnWindows() {
    assertEquals(Map.of("A", "1", "B", "2"), read("A=1\r\nB='2'\r\n"));
  }

  @Test
  void eachMalformedLineIsToldWithItsNumber() {
    read("fine=1\nnot fine\n1A=x\nA='open\nA=\"open\nA='x' y\n=x\n");

    assertEquals(6, problems.size());
    assertEquals(
        ".env, line 2 is not understood; it must be NAME=value, \"value\" or 'value'.",
        problems.getFirst());
  }

  private Map<String, String> read(String text) {
    Map<String, String> plain = new LinkedHashMap<>();
    DotEnv.read(".env", text, problems).forEach((name, given) -> plain.put(name, given.text()));
    return plain;
  }
}
