package dev.mhs.server.security;

import dev.mhs.server.connect.Proxies;
import dev.mhs.server.rest.Body;
import dev.mhs.server.rest.FlatJson;
import dev.mhs.server.rest.Json;
import dev.mhs.server.rest.Problem;
import dev.mhs.server.wire.JsonFields;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signs in, signs out, and tells whether one is: what the sign-in page asks. Any thread. */
public final class SessionApi implements HttpService {
  private static final HeaderName FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");
  private static final Set<String> FIELDS = Set.of("user", "pass");
  private static final Duration BROWSER_KEEPS = Duration.ofDays(400); // no browser keeps longer
  private static final String EXAMPLE = "{\"user\": \"…\", \"pass\": \"…\"}";
  private static final int LONGEST = 1024;

  private final @Nullable Keeping keeping;
  private final Proxies proxies;
  private final String path;

  /** What sessions are kept in, and for how long. */
  record Keeping(SignIn signIn, Sessions sessions, Sessions.Span span) {}

  SessionApi(@Nullable Keeping keeping, Proxies proxies, String path) {
    this.keeping = keeping;
    this.proxies = proxies;
    this.path = path;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(this::tell);
    rules.post(this::open);
    rules.delete(this::end);
  }

  private void tell(ServerRequest request, ServerResponse response) {
    Optional<String> session = session(request);
    String user = keeping != null && session.isPresent() ? keeping.signIn().user() : null;
    response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(
        JsonFields.object(json -> json.flag("needed", keeping != null).text("user", user)));
  }

  private Optional<String> session(ServerRequest request) {
    Keeping kept = keeping;
    return kept == null
        ? Optional.empty()
        : Cookies.value(cookies(request), Cookies.SESSION)
            .filter(id -> kept.sessions().use(id).isPresent());
  }

  private void open(ServerRequest request, ServerResponse response) {
    Keeping kept = keeping;
    if (kept == null) {
      throw new Problem(400, "No password is set: everybody may come in.");
    }
    byte[] tried = userAndPassword(FlatJson.object(Body.of(request), EXAMPLE));
    String browser = Cookies.value(cookies(request), Cookies.BROWSER).orElse(null);
    switch (kept.signIn().attempt(tried, DoorFilter.client(request, proxies), browser)) {
      case Attempts.Outcome.TooSoon tooSoon -> DoorFilter.tooSoon(response, tooSoon.delay());
      case Attempts.Outcome.Wrong wrong -> {
        response.header(DoorFilter.FOR_THE_PAGE);
        Problem.send(response, 401, "The user name or the password is wrong.");
      }
      case Attempts.Outcome.Right right -> welcome(kept, browser, request, response);
    }
  }

  private void welcome(
      Keeping kept, @Nullable String browser, ServerRequest request, ServerResponse response) {
    session(request).ifPresent(kept.sessions()::end); // no session outlives a new one
    String id = kept.sessions().open();
    String known = kept.sessions().remember(browser);
    boolean secure = isSecure(request);
    response.header(
        HeaderValues.create(
            HeaderNames.SET_COOKIE,
            Cookies.set(Cookies.SESSION, id, path, kept.span().longest(), secure),
            Cookies.set(Cookies.BROWSER, known, path, BROWSER_KEEPS, secure)));
    done(response);
  }

  private void end(ServerRequest request, ServerResponse response) {
    Keeping kept = keeping;
    if (kept != null) {
      Cookies.value(cookies(request), Cookies.SESSION).ifPresent(kept.sessions()::end);
    }
    response.header(
        HeaderValues.create(
            HeaderNames.SET_COOKIE,
            Cookies.set(Cookies.SESSION, "", path, Duration.ZERO, isSecure(request))));
    done(response);
  }

  private static void done(ServerResponse response) {
    Json.send(response, JsonFields.object(json -> json.flag("ok", true)));
  }

  private static byte[] userAndPassword(Map<String, JsonValue> json) {
    if (!json.keySet().equals(FIELDS)
        || !(json.get("user") instanceof JsonString user)
        || !(json.get("pass") instanceof JsonString pass)) {
      throw new Problem(400, "The body must be " + EXAMPLE + ".");
    }
    String both = user.getString() + ':' + pass.getString();
    if (both.length() > LONGEST) {
      throw new Problem(400, "No user name and password are that long.");
    }
    return both.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the browser speaks HTTPS, to us or to a proxy; a lie would only harm itself. */
  private static boolean isSecure(ServerRequest request) {
    return request.isSecure()
        || (request.headers().contains(FORWARDED_PROTO)
            && request.headers().get(FORWARDED_PROTO).get().equalsIgnoreCase("https"));
  }

  private static @Nullable String cookies(ServerRequest request) {
    return request.headers().contains(HeaderNames.COOKIE)
        ? String.join("; ", request.headers().get(HeaderNames.COOKIE).allValues())
        : null;
  }
}
