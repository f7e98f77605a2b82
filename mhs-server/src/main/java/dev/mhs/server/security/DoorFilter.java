package dev.mhs.server.security;

import dev.mhs.server.rest.Problem;
import dev.mhs.server.rest.ProtectiveHeaders;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.websocket.WsUpgradeException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands in front of everything that the server serves. Any thread. */
public final class DoorFilter implements Filter {
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);
  private static final Set<Method> KNOWN =
      Set.of(Method.GET, Method.POST, Method.PUT, Method.DELETE, Method.OPTIONS);

  private static final Header ALLOW =
      HeaderValues.createCached(HeaderNames.ALLOW, "GET, POST, PUT, DELETE, OPTIONS");
  private static final Header CHALLENGE =
      HeaderValues.createCached(
          HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"MHS\", charset=\"UTF-8\"");

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
    ProtectiveHeaders.set(response.headers());
    Method method = request.prologue().method();
    boolean changes = !READING.contains(method) || request.headers().contains(HeaderNames.UPGRADE);
    Entry.Verdict verdict = judge(request.headers(), changes);
    if (method.equals(Method.HEAD)) {
      refuseBodiless(verdict, response);
      return;
    }
    switch (verdict) {
      case WELCOME -> proceed(chain, method, response);
      case FOREIGN_HOST ->
          Problem.send(
              response,
              403,
              "This server is not known under that name. Add it to server.allowed-hosts.");
      case FOREIGN_ORIGIN ->
          Problem.send(response, 403, "Only this server's own pages may change something.");
      case NOT_SIGNED_IN -> {
        response.header(CHALLENGE);
        Problem.send(response, 401, "A user name and a password are needed.");
      }
    }
  }

  /** What no route knows is refused here. */
  private static void proceed(FilterChain chain, Method method, RoutingResponse response) {
    if (KNOWN.contains(method)) {
      chain.proceed();
      return;
    }
    response.header(ALLOW);
    Problem.send(response, 405, "No path here knows that method.");
  }

  /** RFC 9110 §9.3.2: what follows an answer to HEAD would be taken for the next answer. */
  private static void refuseBodiless(Entry.Verdict verdict, RoutingResponse response) {
    response.status(
        switch (verdict) {
          case WELCOME -> Status.METHOD_NOT_ALLOWED_405;
          case FOREIGN_HOST, FOREIGN_ORIGIN -> Status.FORBIDDEN_403;
          case NOT_SIGNED_IN -> Status.UNAUTHORIZED_401;
        });
    response.header(verdict == Entry.Verdict.NOT_SIGNED_IN ? CHALLENGE : ALLOW);
    response.send();
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
