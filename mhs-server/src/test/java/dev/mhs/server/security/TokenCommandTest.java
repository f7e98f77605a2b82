package dev.mhs.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.tck.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
  private static final String ADDRESS = "https://nas:8443/mhs";

  @TempDir private Path folder;
  private final MutableClock clock = new MutableClock();

  @Test
  void aTokenIsShownOnceAndKeptAsADigest() throws Exception {
    String said = run("create", "grafana", "--scope", "read", "--expires", "90d");
    String token = said.lines().findFirst().orElseThrow();

    assertTrue(token.matches("mhs_[A-Za-z0-9_-]{43}"), token);
    assertTrue(said.contains("grafana, which may read until "), said);
    assertTrue(said.contains(" https://nas:8443/mhs/api/devices"), said);
    Tokens tokens = new Tokens(folder, clock);
    assertEquals(Scope.READ, tokens.find(token).orElseThrow().scope());
    assertFalse(run("list").contains(token.substring(4)));
    assertFalse(Files.readString(folder.resolve("tokens.json")).contains(token.substring(4)));
    clock.advance(Duration.ofDays(90));
    assertFalse(tokens.find(token).isPresent());
    assertTrue(run("list").contains("(over)"));
  }

  @Test
  void aRevokedTokenIsGoneAndItsNameFree() throws Exception {
    String token = run("create", "hub", "--scope", "write").lines().findFirst().orElseThrow();

    run("revoke", "hub");

    assertFalse(new Tokens(folder, clock).find(token).isPresent());
    assertEquals("There are no tokens.", run("list").strip());
    run("create", "hub", "--scope", "read");
    assertTrue(run("list").contains("hub"));
  }

  @Test
  void twoOfOneNameThereAreNot() throws Exception {
    run("create", "hub", "--scope", "read");

    assertTrue(refusal("create", "hub", "--scope", "write").contains("already"));
    assertTrue(refusal("revoke", "nobody").contains("no token nobody"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "make",
        "create",
        "create hub",
        "create --scope read",
        "create hub --scope",
        "create hub --scope admin",
        "create hub --scope read --expires",
        "create hub --scope read --expires soon",
        "create hub --scope read --expires 0d",
        "create hub --scope read --expires -1d",
        "create hub --scope read more",
        "create hub --scope read --more",
        "create ../hub --scope read",
        "list all",
        "revoke",
        "revoke hub nas"
      })
  void whatMakesNoSenseIsSaidAndNothingIsWritten(String words) {
    String why = refusal(words.isEmpty() ? new String[0] : words.split(" "));

    assertFalse(why.isBlank());
    assertFalse(Files.exists(folder.resolve("tokens.json")));
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaid() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    String why =
        assertThrows(
                TokenCommand.RefusedException.class,
                () ->
                    new TokenCommand(file, true, ADDRESS, clock, System.out)
                        .run(List.of("create", "hub", "--scope", "read")))
            .getMessage();

    assertTrue(why != null && why.startsWith("That did not work: "), why);
  }

  @Test
  void withoutAPasswordItSaysThatNobodyNeedsAToken() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      new TokenCommand(folder, false, ADDRESS, clock, out)
          .run(List.of("create", "a", "--scope", "read"));
    }

    assertTrue(said.toString(StandardCharsets.UTF_8).contains("No password is set"));
  }

  private String run(String... words) throws TokenCommand.RefusedException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      new TokenCommand(folder, true, ADDRESS, clock, out).run(List.of(words));
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  private String refusal(String... words) {
    return String.valueOf(
        assertThrows(TokenCommand.RefusedException.class, () -> run(words)).getMessage());
  }
}
