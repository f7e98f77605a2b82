package dev.mhs.server.security;

import dev.mhs.api.IpLiteral;
import dev.mhs.server.connect.Proxies;
import dev.mhs.server.rest.Problem;
import dev.mhs.server.rest.ProtectiveHeaders;
import dev.mhs.server.rest.Requester;
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
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.websocket.WsUpgradeException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Stands in front of everything that the server serves. Any thread. */
public final class DoorFilter implements Filter {
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final HeaderName FETCH_MODE = HeaderNames.create("Sec-Fetch-Mode");

  /** The page says so with what it asks for: a browser would else ask for a password by itself. */
  private static final HeaderName REQUESTED_WITH = HeaderNames.create("X-Requested-With");

  private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);
  private static final Set<Method> KNOWN =
      Set.of(Method.GET, Method.POST, Method.PUT, Method.DELETE, Method.OPTIONS);

  private static final Header ALLOW =
      HeaderValues.createCached(HeaderNames.ALLOW, "GET, POST, PUT, DELETE, OPTIONS");
  private static final Header FOR_PROGRAMS =
      HeaderValues.createCached(
          HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"MHS\", charset=\"UTF-8\"");

  /** RFC 9110 §15.5.2 wants one with every 401; browsers ask nobody because of this one. */
  static final Header FOR_THE_PAGE =
      HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"MHS\"");

  private static final Header NOT_KEPT =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  private final Entry entry;
  private final Proxies proxies;
  private final SignInPage page;

  /**
   * Makes the filter.
   *
   * @param entry the rule
   * @param proxies who is believed when they say for whom they ask
   * @param page where strangers are sent
   */
  DoorFilter(Entry entry, Proxies proxies, SignInPage page) {
    this.entry = entry;
    this.proxies = proxies;
    this.page = page;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    ProtectiveHeaders.set(response.headers());
    Method method = request.prologue().method();
    Headers headers = request.headers();
    Entry.Request asked = asked(client(request, proxies), headers, kind(method, headers));
    Entry.Verdict verdict =
        page.isOpen(request.path().path(), method)
            ? entry.foreign(asked).orElse(new Entry.Verdict.Welcome(Visitor.ANYBODY))
            : entry.judge(asked);
    if (method.equals(Method.HEAD)) {
      refuseBodiless(verdict, response);
      return;
    }
    switch (verdict) {
      case Entry.Verdict.Welcome welcome -> {
        Requester.note(request, name(welcome.visitor()), IpLiteral.text(client(request, proxies)));
        proceed(chain, method, response);
      }
      case Entry.Verdict.ForeignHost host ->
          Problem.send(
              response,
              403,
              "This server is not known under that name. Add it to server.allowed-hosts.");
      case Entry.Verdict.ForeignOrigin origin ->
          Problem.send(response, 403, "Only this server's own pages may change something.");
      case Entry.Verdict.MayOnlyRead token ->
          Problem.send(response, 403, "This token may only read.");
      case Entry.Verdict.TooSoon tooSoon -> tooSoon(response, tooSoon.delay());
      case Entry.Verdict.NotSignedIn stranger -> askToSignIn(request, response);
    }
  }

  private static Entry.Request.Kind kind(Method method, Headers headers) {
    if (!READING.contains(method)) {
      return Entry.Request.Kind.WRITE;
    }
    return headers.contains(HeaderNames.UPGRADE)
        ? Entry.Request.Kind.WATCH
        : Entry.Request.Kind.READ;
  }

  private static @Nullable String name(Visitor visitor) {
    return switch (visitor.means()) {
      case OPEN -> null;
      case PASSWORD, SESSION -> visitor.name();
      case TOKEN -> "the token " + visitor.name();
    };
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

  static void tooSoon(ServerResponse response, Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    response.header(HeaderNames.RETRY_AFTER, Long.toString(seconds));
    Problem.send(response, 429, "Too many wrong passwords: try again in " + seconds + " s.");
  }

  /** A person gets the page, a program the reason. */
  private void askToSignIn(RoutingRequest request, RoutingResponse response) {
    Headers headers = request.headers();
    if (request.prologue().method().equals(Method.GET) && isForAPerson(headers)) {
      response.status(Status.SEE_OTHER_303);
      response.header(HeaderNames.LOCATION, page.from(request.path().path()));
      response.header(NOT_KEPT);
      response.send();
      return;
    }
    response.header(isOfAPage(headers) ? FOR_THE_PAGE : FOR_PROGRAMS);
    Problem.send(
        response,
        401,
        "A user name and a password are needed, or a token made by \"mhs token create\".");
  }

  /** Over plain HTTP browsers do not say what a request is for, but they name HTML first. */
  private static boolean isForAPerson(Headers headers) {
    String mode = text(headers, FETCH_MODE);
    if (mode != null) {
      return mode.equals("navigate");
    }
    String accept = text(headers, HeaderNames.ACCEPT);
    return accept != null
        && accept.contains("text/html")
        && !headers.contains(HeaderNames.AUTHORIZATION);
  }

  private static boolean isOfAPage(Headers headers) {
    return headers.contains(REQUESTED_WITH)
        || headers.contains(FETCH_MODE)
        || headers.contains(HeaderNames.ORIGIN);
  }

  /** RFC 9110 §9.3.2: what follows an answer to HEAD would be taken for the next answer. */
  private static void refuseBodiless(Entry.Verdict verdict, RoutingResponse response) {
    response.status(
        switch (verdict) {
          case Entry.Verdict.Welcome welcome -> Status.METHOD_NOT_ALLOWED_405;
          case Entry.Verdict.ForeignHost host -> Status.FORBIDDEN_403;
          case Entry.Verdict.ForeignOrigin origin -> Status.FORBIDDEN_403;
          case Entry.Verdict.MayOnlyRead token -> Status.FORBIDDEN_403;
          case Entry.Verdict.TooSoon tooSoon -> Status.TOO_MANY_REQUESTS_429;
          case Entry.Verdict.NotSignedIn stranger -> Status.UNAUTHORIZED_401;
        });
    response.header(verdict instanceof Entry.Verdict.NotSignedIn ? FOR_PROGRAMS : ALLOW);
    response.send();
  }

  /**
   * Decides about a WebSocket that is about to be opened.
   *
   * @param client who asks
   * @param prologue the request line
   * @param headers the headers of the upgrade
   * @return whether that still holds, to be asked from time to time
   * @throws WsUpgradeException when it is refused
   */
  public BooleanSupplier check(InetAddress client, HttpPrologue prologue, Headers headers)
      throws WsUpgradeException {
    if (entry.judge(asked(client, headers, Entry.Request.Kind.WATCH))
        instanceof Entry.Verdict.Welcome welcome) {
      return welcome.visitor().welcome();
    }
    throw new WsUpgradeException(prologue.uriPath().path() + " is refused");
  }

  static InetAddress client(ServerRequest request, Proxies proxies) {
    if (request.remotePeer().address() instanceof InetSocketAddress internet) {
      return proxies.client(internet.getAddress(), request.headers());
    }
    throw new IllegalStateException("no internet address: " + request.remotePeer().address());
  }

  private static Entry.Request asked(InetAddress client, Headers headers, Entry.Request.Kind kind) {
    return new Entry.Request(
        client,
        text(headers, HeaderNames.HOST),
        text(headers, HeaderNames.ORIGIN),
        text(headers, FETCH_SITE),
        text(headers, HeaderNames.AUTHORIZATION),
        cookies(headers),
        kind);
  }

  /** HTTP/1.1 allows one such header; a proxy may have made several of it. */
  private static @Nullable String cookies(Headers headers) {
    return headers.contains(HeaderNames.COOKIE)
        ? String.join("; ", headers.get(HeaderNames.COOKIE).allValues())
        : null;
  }

  private static @Nullable String text(Headers headers, HeaderName name) {
    return headers.contains(name) ? headers.get(name).get() : null;
  }
}
