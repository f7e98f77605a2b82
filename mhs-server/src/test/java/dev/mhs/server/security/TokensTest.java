package dev.mhs.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.tck.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  @TempDir private Path folder;
  private final MutableClock clock = new MutableClock();

  @Test
  void aRunningServerNoticesWhatWasMadeAndRevokedWithinASecond() throws Exception {
    Tokens tokens = new Tokens(folder, clock);
    assertFalse(tokens.find("mhs_one").isPresent());

    add("one", Scope.READ, null);
    clock.advance(Duration.ofSeconds(1));

    ApiToken found = tokens.find("mhs_one").orElseThrow();
    assertEquals(Scope.READ, found.scope());
    assertEquals("one", found.name());
    new TokenFile(folder).change(all -> List.of());
    clock.advance(Duration.ofSeconds(1));
    assertFalse(tokens.find("mhs_one").isPresent());
    assertFalse(tokens.isGood(found.digest()));
  }

  @Test
  void anExpiredTokenIsNone() throws Exception {
    add("one", Scope.WRITE, clock.instant().plusSeconds(60));
    Tokens tokens = new Tokens(folder, clock);
    assertTrue(tokens.find("mhs_one").isPresent());

    clock.advance(Duration.ofSeconds(60));

    assertFalse(tokens.find("mhs_one").isPresent());
  }

  @Test
  void whatCannotBeReadOpensNothing() throws Exception {
    add("one", Scope.WRITE, null);
    Tokens tokens = new Tokens(folder, clock);
    assertTrue(tokens.find("mhs_one").isPresent());

    for (String damaged : List.of("{", "{\"version\":1}", "{\"version\":9,\"tokens\":[]}", "7")) {
      Files.writeString(folder.resolve("tokens.json"), damaged);
      clock.advance(Duration.ofSeconds(1));

      assertFalse(tokens.find("mhs_one").isPresent(), damaged);
    }
  }

  @Test
  void theFileHoldsNoTokenAndIsForItsOwnerAlone() throws Exception {
    add("one", Scope.READ, null);
    Path file = folder.resolve("tokens.json");

    assertFalse(Files.readString(file).contains("mhs_one"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  private void add(String name, Scope scope, @Nullable Instant expires) throws IOException {
    new TokenFile(folder)
        .change(
            all -> {
              List<ApiToken> more = new ArrayList<>(all);
              more.add(
                  new ApiToken(
                      name, scope, RandomId.digest("mhs_" + name), clock.instant(), expires));
              return more;
            });
  }
}
