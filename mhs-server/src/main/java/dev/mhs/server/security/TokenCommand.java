package dev.mhs.server.security;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code mhs token}: makes, lists and revokes tokens. It needs no running server, and a running one
 * notices.
 */
public final class TokenCommand {
  /** How it is used. */
  public static final String USAGE =
      """
      mhs token create NAME --scope read|write [--expires 90d]   makes a token and shows it, once
      mhs token list                                             lists their names and scopes
      mhs token revoke NAME                                      ends one, at once
      """;

  private static final Pattern TIME = Pattern.compile("(\\d{1,5})([hd])");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final TokenFile file;
  private final boolean locked;
  private final String address;
  private final InstantSource clock;
  private final PrintStream out;

  /** Says in one sentence why it was not done. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String sentence) {
      super(sentence, null, false, false);
    }
  }

  /**
   * Makes the command.
   *
   * @param folder the data folder
   * @param locked whether a password is set: without one nobody needs a token
   * @param address where a browser on this machine finds MHS
   * @param clock the wall clock
   * @param out takes what is asked for
   */
  public TokenCommand(
      Path folder, boolean locked, String address, InstantSource clock, PrintStream out) {
    this.file = new TokenFile(folder);
    this.locked = locked;
    this.address = address;
    this.clock = clock;
    this.out = out;
  }

  /**
   * Does what it is told.
   *
   * @param arguments what comes after the word token
   * @throws RefusedException when that cannot be done
   */
  public void run(List<String> arguments) throws RefusedException {
    Deque<String> rest = new ArrayDeque<>(arguments);
    String what = rest.isEmpty() ? "" : rest.removeFirst();
    try {
      switch (what) {
        case "create" -> create(rest);
        case "list" -> list(rest);
        case "revoke" -> revoke(rest);
        default ->
            throw refused(what.isEmpty() ? "What about tokens?" : what + " is nothing known.");
      }
    } catch (AccessDeniedException denied) {
      throw new RefusedException(
          "Permission denied: "
              + denied.getFile()
              + "; run this as the user that MHS runs as, or as root.");
    } catch (IOException failure) {
      throw new RefusedException("That did not work: " + failure.getMessage() + ".");
    }
  }

  private void create(Deque<String> rest) throws IOException, RefusedException {
    String name = null;
    Scope scope = null;
    Instant expires = null;
    while (!rest.isEmpty()) {
      String word = rest.removeFirst();
      switch (word) {
        case "--scope" -> scope = scope(rest.pollFirst());
        case "--expires" -> expires = expiry(rest.pollFirst());
        default -> {
          if (name != null || word.startsWith("-")) {
            throw refused(word + " is too much.");
          }
          name = word;
        }
      }
    }
    if (name == null || scope == null) {
      throw refused("A new token needs a name and a --scope.");
    }
    if (!ApiToken.isName(name)) {
      throw new RefusedException(
          "A name has up to 64 letters, digits, dots, dashes and underscores, and begins with a"
              + " letter or digit.");
    }
    String token = ApiToken.PREFIX + RandomId.next();
    add(new ApiToken(name, scope, RandomId.digest(token), clock.instant(), expires));
    out.println(token);
    tellAbout(name, scope, expires);
  }

  private void add(ApiToken token) throws IOException, RefusedException {
    boolean[] taken = {false};
    file.change(
        all -> {
          taken[0] = all.stream().anyMatch(one -> one.name().equals(token.name()));
          List<ApiToken> more = new ArrayList<>(all);
          more.removeIf(one -> one.isOver(clock.instant()) && !one.name().equals(token.name()));
          if (!taken[0]) {
            more.add(token);
          }
          return more;
        });
    if (taken[0]) {
      throw new RefusedException(
          "There is a token " + token.name() + " already: revoke it first, or take another name.");
    }
  }

  private void tellAbout(String name, Scope scope, @Nullable Instant expires) {
    out.println();
    out.println(
        "This is the token "
            + name
            + ", which may "
            + word(scope)
            + (expires == null ? "" : " until " + day(expires))
            + ". It is not shown again. Use it like this:");
    out.println("  curl -H 'Authorization: Bearer mhs_…' " + address + "/api/devices");
    if (!locked) {
      out.println(
          "No password is set (DASHBOARD_USER and DASHBOARD_PASS): everybody may come in without.");
    }
  }

  private void list(Deque<String> rest) throws IOException, RefusedException {
    requireNoMore(rest);
    List<ApiToken> all = file.read();
    if (all.isEmpty()) {
      out.println("There are no tokens.");
      return;
    }
    out.printf("%-24s %-6s %-17s %s%n", "NAME", "SCOPE", "CREATED", "EXPIRES");
    for (ApiToken one : all) {
      Instant end = one.expires();
      String expires =
          end == null ? "never" : day(end) + (one.isOver(clock.instant()) ? " (over)" : "");
      out.printf(
          "%-24s %-6s %-17s %s%n", one.name(), word(one.scope()), day(one.created()), expires);
    }
  }

  private void revoke(Deque<String> rest) throws IOException, RefusedException {
    String name = rest.pollFirst();
    if (name == null) {
      throw refused("Which token?");
    }
    requireNoMore(rest);
    boolean[] found = {false};
    file.change(
        all -> {
          List<ApiToken> fewer = new ArrayList<>(all);
          found[0] = fewer.removeIf(one -> one.name().equals(name));
          return fewer;
        });
    if (!found[0]) {
      throw new RefusedException("There is no token " + name + ".");
    }
    out.println("The token " + name + " is revoked; MHS notices within a second.");
  }

  private void requireNoMore(Deque<String> rest) throws RefusedException {
    if (!rest.isEmpty()) {
      throw refused(rest.getFirst() + " is too much.");
    }
  }

  private Scope scope(@Nullable String word) throws RefusedException {
    for (Scope scope : Scope.values()) {
      if (word(scope).equals(word)) {
        return scope;
      }
    }
    throw refused("--scope is read or write.");
  }

  private Instant expiry(@Nullable String word) throws RefusedException {
    Matcher parts = TIME.matcher(word == null ? "" : word);
    if (!parts.matches() || parts.group(1).matches("0+")) {
      throw refused("--expires is a time such as 12h or 90d.");
    }
    long count = Long.parseLong(parts.group(1));
    boolean hours = parts.group(2).equals("h");
    return clock.instant().plus(hours ? Duration.ofHours(count) : Duration.ofDays(count));
  }

  private static RefusedException refused(String why) {
    return new RefusedException(why + "\n\n" + USAGE.stripTrailing());
  }

  private static String word(Scope scope) {
    return scope.name().toLowerCase(Locale.ROOT);
  }

  private static String day(Instant time) {
    return DAY.format(time.atZone(ZoneId.systemDefault()));
  }
}
