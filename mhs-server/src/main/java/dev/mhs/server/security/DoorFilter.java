package dev.mhs.server.security;

import dev.mhs.server.rest.Problem;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.websocket.WsUpgradeException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands in front of everything that the server serves. Any thread. */
public final class DoorFilter implements Filter {
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);
  private static final List<Header> ALWAYS =
      List.of(
          HeaderValues.createCached(
              "Content-Security-Policy",
              "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached("Referrer-Policy", "no-referrer"),
          HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"));

  private final Entry entry;

  /**
   * Makes the filter.
   *
   * @param entry the rule
   */
  public DoorFilter(Entry entry) {
    this.entry = entry;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    ALWAYS.forEach(response.headers()::set);
    boolean changes = !READING.contains(request.prologue().method());
    switch (judge(request.headers(), changes)) {
      case WELCOME -> chain.proceed();
      case FOREIGN_HOST ->
          Problem.send(
              response,
              403,
              "This server is not known under that name. Add it to server.allowed-hosts.");
      case FOREIGN_ORIGIN ->
          Problem.send(response, 403, "Only this server's own pages may change something.");
      case NOT_SIGNED_IN -> {
        response.header(HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"MHS\", charset=\"UTF-8\"");
        Problem.send(response, 401, "A user name and a password are needed.");
      }
    }
  }

  /**
   * Decides about a WebSocket that is about to be opened.
   *
   * @param prologue the request line
   * @param headers the headers of the upgrade
   * @throws WsUpgradeException when it is refused
   */
  public void check(HttpPrologue prologue, Headers headers) throws WsUpgradeException {
    Entry.Verdict verdict = judge(headers, true);
    if (verdict != Entry.Verdict.WELCOME) {
      throw new WsUpgradeException(prologue.uriPath().path() + " is refused: " + verdict);
    }
  }

  private Entry.Verdict judge(Headers headers, boolean changes) {
    return entry.judge(
        new Entry.Request(
            text(headers, HeaderNames.HOST),
            text(headers, HeaderNames.ORIGIN),
            text(headers, FETCH_SITE),
            text(headers, HeaderNames.AUTHORIZATION),
            changes));
  }

  private static @Nullable String text(Headers headers, HeaderName name) {
    return headers.contains(name) ? headers.get(name).get() : null;
  }
}
