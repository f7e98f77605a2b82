package dev.mhs.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.tck.MutableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  private static final Sessions.Span SPAN =
      new Sessions.Span(Duration.ofDays(7), Duration.ofDays(30));

  @TempDir private Path folder;
  private final MutableClock clock = new MutableClock();

  @Test
  void aSessionSurvivesARestart() {
    Sessions before = sessions("secret");
    String id = before.open();
    String browser = before.remember(null);
    before.close();

    Sessions after = sessions("secret");

    assertTrue(after.use(id).isPresent());
    assertTrue(after.isKnown(browser));
    assertFalse(after.use(id + "x").isPresent());
  }

  @Test
  void noSessionSurvivesAnotherPassword() {
    String id = sessions("secret").open();

    assertFalse(sessions("other").use(id).isPresent());
  }

  @Test
  void anEndedSessionStaysEndedOverARestart() {
    Sessions sessions = sessions("secret");
    String id = sessions.open();
    String digest = sessions.use(id).orElseThrow();

    sessions.end(id);

    assertFalse(sessions.goesOn(digest));
    assertFalse(sessions.use(id).isPresent());
    assertFalse(sessions("secret").use(id).isPresent());
  }

  @Test
  void aSessionThatIsNotUsedEnds() {
    Sessions sessions = sessions("secret");
    String id = sessions.open();
    clock.advance(Duration.ofDays(6));
    String digest = sessions.use(id).orElseThrow();
    clock.advance(Duration.ofDays(6));
    assertTrue(sessions.goesOn(digest), "looking whether it goes on");

    clock.advance(Duration.ofDays(1).plusSeconds(1));

    assertFalse(sessions.goesOn(digest), "is no use");
    assertFalse(sessions.use(id).isPresent());
  }

  @Test
  void useIsRememberedOverAHardStop() {
    Sessions sessions = sessions("secret");
    String id = sessions.open();
    clock.advance(Duration.ofDays(6));
    sessions.use(id);
    clock.advance(Duration.ofDays(6));

    assertTrue(sessions("secret").use(id).isPresent());
  }

  @Test
  void noSessionLastsForEver() {
    Sessions sessions = sessions("secret");
    String id = sessions.open();
    for (int day = 0; day < 30; day++) {
      assertTrue(sessions.use(id).isPresent(), "day " + day);
      clock.advance(Duration.ofDays(1));
    }

    clock.advance(Duration.ofSeconds(1));

    assertFalse(sessions.use(id).isPresent());
  }

  @Test
  void thereAreOnlySoManyAndTheOneUsedLongestAgoGoesFirst() throws Exception {
    byte[] salt = {1, 2, 3};
    List<String> ids = new ArrayList<>();
    List<Session> full = new ArrayList<>();
    for (int i = 0; i < Sessions.MOST; i++) {
      ids.add("id" + i);
      full.add(new Session(RandomId.digest("id" + i), clock.instant(), clock.instant()));
      clock.advance(Duration.ofMinutes(2));
    }
    byte[] mark = new Password("admin", "secret").mark(salt);
    Files.write(
        folder.resolve("sessions.json"), new Remembered(salt, mark, full, List.of()).toJson());
    Sessions sessions = sessions("secret");
    sessions.use(ids.get(0));

    sessions.open();

    assertTrue(sessions.use(ids.get(0)).isPresent());
    assertFalse(sessions.use(ids.get(1)).isPresent());
    assertTrue(sessions.use(ids.get(2)).isPresent());
  }

  @Test
  void theFileHoldsNothingThatOpensTheDoorAndIsForItsOwnerAlone() throws Exception {
    Sessions sessions = sessions("secret");
    String id = sessions.open();
    String browser = sessions.remember(null);
    Path file = folder.resolve("sessions.json");

    String text = Files.readString(file);

    assertFalse(text.contains(id) || text.contains(browser) || text.contains("secret"), text);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList(), "nothing is left beside it");
    }
  }

  @Test
  void aDamagedFileEndsSessionsAndNothingElse() throws Exception {
    for (String damaged : List.of("", "{", "[]", "{\"version\":1}", "{\"version\":2}", "\0")) {
      Files.writeString(folder.resolve("sessions.json"), damaged);
      Sessions sessions = sessions("secret");

      assertFalse(sessions.use("anything").isPresent(), damaged);
      String id = sessions.open();
      assertTrue(sessions("secret").use(id).isPresent(), damaged);
    }
  }

  @Test
  void withoutAFolderToWriteToSessionsLastUntilTheEnd() throws Exception {
    Path noFolder = Files.writeString(folder.resolve("file"), "");
    Sessions sessions = new Sessions(noFolder, new Password("admin", "secret"), SPAN, clock);

    assertTrue(sessions.use(sessions.open()).isPresent());
  }

  private Sessions sessions(String pass) {
    return new Sessions(folder, new Password("admin", pass), SPAN, clock);
  }
}
