package dev.mhs.server.security;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides about one request from its headers. Thread-safe. */
public final class Entry {
  private static final String BASIC = "Basic ";
  private static final String BEARER = "Bearer ";

  private final OwnNames names;
  private final @Nullable Keys keys; // null: everybody may come in

  /** What was decided. */
  public sealed interface Verdict {
    /**
     * Come in.
     *
     * @param visitor who that is
     */
    record Welcome(Visitor visitor) implements Verdict {}

    /** The {@code Host} header names somebody else. */
    record ForeignHost() implements Verdict {}

    /** The request was made by a page that is not ours. */
    record ForeignOrigin() implements Verdict {}

    /** Nothing was given that opens the door, or something wrong. */
    record NotSignedIn() implements Verdict {}

    /** A token that may only read was to write. */
    record MayOnlyRead() implements Verdict {}

    /**
     * Too many wrong passwords: this one was not looked at.
     *
     * @param delay how long to wait
     */
    record TooSoon(Duration delay) implements Verdict {}
  }

  /** Everything that opens the door. */
  record Keys(SignIn signIn, Sessions sessions, Tokens tokens) {}

  /**
   * What is known of a request.
   *
   * @param from who asks
   * @param host the {@code Host} header, or null
   * @param origin the {@code Origin} header, or null
   * @param fetchSite the {@code Sec-Fetch-Site} header, or null
   * @param authorization the {@code Authorization} header, or null
   * @param cookies the {@code Cookie} header, or null
   * @param kind what it is about to do
   */
  public record Request(
      InetAddress from,
      @Nullable String host,
      @Nullable String origin,
      @Nullable String fetchSite,
      @Nullable String authorization,
      @Nullable String cookies,
      Kind kind) {
    /** What a request is about to do. */
    public enum Kind {
      /** Look. */
      READ,
      /** Look on and on: what a page elsewhere must not do either. */
      WATCH,
      /** Change something. */
      WRITE
    }
  }

  /**
   * Makes the rule.
   *
   * @param names the names of this server
   * @param keys what opens the door, or null when everybody may come in
   */
  Entry(OwnNames names, @Nullable Keys keys) {
    this.names = names;
    this.keys = keys;
  }

  /** Decides about a request. */
  public Verdict judge(Request request) {
    Optional<Verdict> foreign = foreign(request);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    if (keys == null) {
      return new Verdict.Welcome(Visitor.ANYBODY);
    }
    Verdict verdict = identify(request, keys);
    return verdict instanceof Verdict.Welcome welcome
            && welcome.visitor().scope() == Scope.READ
            && request.kind() == Request.Kind.WRITE
        ? new Verdict.MayOnlyRead()
        : verdict;
  }

  /** Decides about a request for what everybody may see: the sign-in page. */
  public Optional<Verdict> foreign(Request request) {
    if (request.host() == null || !names.contains(request.host())) {
      return Optional.of(new Verdict.ForeignHost());
    }
    return request.kind() != Request.Kind.READ && isForeign(request)
        ? Optional.of(new Verdict.ForeignOrigin())
        : Optional.empty();
  }

  /** A program sends no origin; a browser does for every write and every WebSocket. */
  private static boolean isForeign(Request request) {
    if ("cross-site".equals(request.fetchSite())) {
      return true;
    }
    return request.origin() != null
        && !authority(request.origin()).equalsIgnoreCase(request.host());
  }

  private static String authority(String origin) {
    return origin.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "");
  }

  /** A session first: what a proxy wants for itself in the other header must not disturb it. */
  private static Verdict identify(Request request, Keys keys) {
    Optional<Visitor> session = session(request, keys);
    if (session.isPresent()) {
      return new Verdict.Welcome(session.get());
    }
    String given = request.authorization();
    if (given != null && startsWith(given, BEARER)) {
      return token(given.substring(BEARER.length()).strip(), keys.tokens());
    }
    if (given != null && startsWith(given, BASIC)) {
      return password(request, basic(given), keys.signIn());
    }
    return new Verdict.NotSignedIn();
  }

  private static Optional<Visitor> session(Request request, Keys keys) {
    Sessions sessions = keys.sessions();
    return Cookies.value(request.cookies(), Cookies.SESSION)
        .flatMap(sessions::use)
        .map(
            digest ->
                new Visitor(
                    keys.signIn().user(),
                    Visitor.Means.SESSION,
                    Scope.WRITE,
                    () -> sessions.goesOn(digest)));
  }

  private static Verdict token(String given, Tokens tokens) {
    Optional<ApiToken> token = tokens.find(given);
    if (token.isEmpty()) {
      return new Verdict.NotSignedIn();
    }
    ApiToken found = token.get();
    return new Verdict.Welcome(
        new Visitor(
            found.name(), Visitor.Means.TOKEN, found.scope(), () -> tokens.isGood(found.digest())));
  }

  private static Verdict password(Request request, Optional<byte[]> given, SignIn signIn) {
    if (given.isEmpty()) {
      return new Verdict.NotSignedIn();
    }
    String browser = Cookies.value(request.cookies(), Cookies.BROWSER).orElse(null);
    return switch (signIn.attempt(given.get(), request.from(), browser)) {
      case Attempts.Outcome.Right right ->
          new Verdict.Welcome(
              new Visitor(signIn.user(), Visitor.Means.PASSWORD, Scope.WRITE, () -> true));
      case Attempts.Outcome.Wrong wrong -> new Verdict.NotSignedIn();
      case Attempts.Outcome.TooSoon tooSoon -> new Verdict.TooSoon(tooSoon.delay());
    };
  }

  private static boolean startsWith(String text, String word) {
    return text.regionMatches(true, 0, word, 0, word.length());
  }

  /** RFC 7617 §2. */
  private static Optional<byte[]> basic(String authorization) {
    try {
      return Optional.of(
          Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip()));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
