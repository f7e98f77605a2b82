package dev.mhs.server.security;

import dev.mhs.core.spi.TimeSource;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Takes passwords, and slows down whoever tries them. Thread-safe. */
final class SignIn {
  private static final System.Logger LOG = System.getLogger(SignIn.class.getName());

  private final Password password;
  private final Sessions sessions;
  private final Attempts attempts;

  SignIn(Password password, Sessions sessions, TimeSource time) {
    this.password = password;
    this.sessions = sessions;
    this.attempts = new Attempts(time);
  }

  String user() {
    return password.user();
  }

  /**
   * Tries a password.
   *
   * @param userAndPassword both, joined by a colon
   * @param from the address of who tries
   * @param browser what a browser keeps that has signed in before, or null
   */
  Attempts.Outcome attempt(byte[] userAndPassword, InetAddress from, @Nullable String browser) {
    boolean known = browser != null && sessions.isKnown(browser);
    String who = known ? "browser " + RandomId.digest(String.valueOf(browser)) : text(from);
    Attempts.Outcome outcome = attempts.attempt(who, known, userAndPassword, password::matches);
    switch (outcome) {
      case Attempts.Outcome.Wrong wrong ->
          LOG.log(
              System.Logger.Level.WARNING,
              "Wrong user or password from {0}, {1} in a row",
              text(from),
              wrong.times());
      case Attempts.Outcome.TooSoon tooSoon ->
          LOG.log(System.Logger.Level.DEBUG, "a try from {0} came too soon", text(from));
      case Attempts.Outcome.Right right -> {
        // Nothing to tell: programs do so all the time.
      }
    }
    return outcome;
  }

  private static String text(InetAddress address) {
    return address.getHostAddress();
  }
}
