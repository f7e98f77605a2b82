package dev.mhs.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import dev.mhs.server.security.Entry.Request.Kind;
import dev.mhs.server.security.Entry.Verdict;
import dev.mhs.tck.MutableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTest {
  private static final OwnNames NAMES = new OwnNames("nas", List.of("mhs.example.org"));
  private static final Entry OPEN = new Entry(NAMES, null);
  private static final String RIGHT = "Basic " + base64("admin:geheim:ü");

  private final MutableClock clock = new MutableClock();
  private final Path folder;
  private Sessions sessions;
  private Entry locked;

  EntryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void lock() {
    Password password = new Password("admin", "geheim:ü");
    sessions =
        new Sessions(
            folder, password, new Sessions.Span(Duration.ofDays(7), Duration.ofDays(30)), clock);
    locked =
        new Entry(
            NAMES,
            new Entry.Keys(
                new SignIn(password, sessions, clock), sessions, new Tokens(folder, clock)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8000",
        "LOCALHOST",
        "127.0.0.1:8000",
        "192.168.1.5",
        "[fd00::1]:8000",
        "nas",
        "nas:8000",
        "nas.local",
        "NAS.lan:8000",
        "nas.home.arpa.",
        "mhs.example.org"
      })
  void ourOwnNamesAreWelcome(String host) {
    assertInstanceOf(Verdict.Welcome.class, OPEN.judge(read(host)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "nas.evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.local",
        "",
        "[",
        "[fd00::1"
      })
  void aNameThatAStrangerMayOwnIsRefused(String host) {
    assertInstanceOf(Verdict.ForeignHost.class, OPEN.judge(read(host)));
    assertInstanceOf(Verdict.ForeignHost.class, OPEN.foreign(read(host)).orElseThrow());
  }

  @Test
  void aRequestWithoutHostIsRefused() {
    assertInstanceOf(
        Verdict.ForeignHost.class, OPEN.judge(request(null, null, null, null, null, Kind.READ)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "null", "http://nas:9000", "https://nas.evil:8000"})
  void aForeignPageMayNeitherChangeNorWatchAnything(String origin) {
    for (Kind kind : List.of(Kind.WRITE, Kind.WATCH)) {
      assertInstanceOf(
          Verdict.ForeignOrigin.class,
          OPEN.judge(request("nas:8000", origin, null, null, null, kind)));
    }
  }

  @Test
  void ourOwnPageAndAProgramMayChangeSomething() {
    assertInstanceOf(
        Verdict.Welcome.class,
        OPEN.judge(request("nas:8000", "http://nas:8000", "same-origin", null, null, Kind.WRITE)));
    assertInstanceOf(
        Verdict.Welcome.class, OPEN.judge(request("nas:8000", null, null, null, null, Kind.WRITE)));
  }

  @Test
  void aCrossSiteWriteWithoutOriginIsRefusedToo() {
    assertInstanceOf(
        Verdict.ForeignOrigin.class,
        OPEN.judge(request("nas:8000", null, "cross-site", null, null, Kind.WRITE)));
  }

  @Test
  void withAPasswordOnlyTheRightOneOpens() {
    assertInstanceOf(Verdict.NotSignedIn.class, locked.judge(read("nas")));
    Verdict.Welcome welcome =
        assertInstanceOf(Verdict.Welcome.class, locked.judge(with(RIGHT, null)));
    assertEquals(Visitor.Means.PASSWORD, welcome.visitor().means());
    assertInstanceOf(
        Verdict.Welcome.class, locked.judge(with(RIGHT.replace("Basic", "basic"), null)));
    for (String wrong :
        List.of("Basic " + base64("admin:geheim"), "Basic !!!", "Basic ", "Bearer x", "", "x")) {
      assertInstanceOf(Verdict.NotSignedIn.class, locked.judge(with(wrong, null)), wrong);
    }
  }

  @Test
  void aGuesserHasToWaitAndTheOneWhoIsSignedInHasNot() {
    String session = Cookies.SESSION + "=" + sessions.open();
    String browser = Cookies.BROWSER + "=" + sessions.remember(null);
    for (int i = 0; i < 100; i++) {
      locked.judge(with("Basic " + base64("admin:" + i), null));
    }

    assertInstanceOf(Verdict.TooSoon.class, locked.judge(with(RIGHT, null)));
    assertInstanceOf(Verdict.Welcome.class, locked.judge(with(null, session)));
    assertInstanceOf(Verdict.Welcome.class, locked.judge(with(RIGHT, browser)));
  }

  @Test
  void aSessionOpensWhateverAProxyHasPutIntoTheOtherHeader() {
    String session = "theme=dark; " + Cookies.SESSION + "=" + sessions.open() + "; x";

    Verdict verdict = locked.judge(with("Basic " + base64("proxy:own"), session));

    Visitor visitor = assertInstanceOf(Verdict.Welcome.class, verdict).visitor();
    assertEquals(Visitor.Means.SESSION, visitor.means());
    assertTrue(visitor.welcome().getAsBoolean());
    clock.advance(Duration.ofDays(8));
    assertFalse(visitor.welcome().getAsBoolean());
    assertInstanceOf(Verdict.NotSignedIn.class, locked.judge(with(null, session)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "mhs_session", "mhs_session=", "mhs_session=x", ";;;", "\u0000"})
  void whatIsNoSessionOpensNothing(String cookies) {
    assertInstanceOf(Verdict.NotSignedIn.class, locked.judge(with(null, cookies)));
  }

  @Test
  void aTokenOpensAsFarAsItReaches() throws IOException {
    new TokenFile(folder)
        .change(none -> List.of(token("reader", Scope.READ), token("writer", Scope.WRITE)));

    for (Kind kind : Kind.values()) {
      assertInstanceOf(Verdict.Welcome.class, locked.judge(bearer("mhs_writer", kind)));
    }
    assertInstanceOf(Verdict.Welcome.class, locked.judge(bearer("mhs_reader", Kind.READ)));
    assertInstanceOf(Verdict.Welcome.class, locked.judge(bearer("mhs_reader", Kind.WATCH)));
    assertInstanceOf(Verdict.MayOnlyRead.class, locked.judge(bearer("mhs_reader", Kind.WRITE)));
    assertInstanceOf(Verdict.NotSignedIn.class, locked.judge(bearer("mhs_other", Kind.READ)));
  }

  private ApiToken token(String name, Scope scope) {
    return new ApiToken(name, scope, RandomId.digest("mhs_" + name), clock.instant(), null);
  }

  private static Entry.Request read(String host) {
    return request(host, null, null, null, null, Kind.READ);
  }

  private static Entry.Request with(@Nullable String authorization, @Nullable String cookies) {
    return request("nas", null, null, authorization, cookies, Kind.READ);
  }

  private static Entry.Request bearer(String token, Kind kind) {
    return request("nas", null, null, "Bearer " + token, null, kind);
  }

  private static Entry.Request request(
      @Nullable String host,
      @Nullable String origin,
      @Nullable String fetchSite,
      @Nullable String authorization,
      @Nullable String cookies,
      Kind kind) {
    return new Entry.Request(
        IpLiteral.of("192.0.2.1"), host, origin, fetchSite, authorization, cookies, kind);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
