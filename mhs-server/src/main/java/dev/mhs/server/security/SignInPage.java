package dev.mhs.server.security;

import io.helidon.http.Method;
import java.util.Set;

/**
 * What everybody may see before having signed in: the page where that is done, and nothing else.
 */
final class SignInPage {
  /** Where sessions are opened and ended. */
  static final String API = "/api/session";

  private static final String PAGE = "signin.html";
  private static final Set<String> FILES =
      Set.of("/" + PAGE, "/css/mhs.css", "/js/theme.js", "/js/signin.js", "/favicon.svg");

  private SignInPage() {}

  /** Tells whether a path is served to everybody. */
  static boolean isOpen(String path, Method method) {
    return path.equals(API) || (FILES.contains(path) && method.equals(Method.GET));
  }

  /**
   * Returns the way to the page, relative to where a browser is: which path a proxy has put before
   * ours is its own affair.
   *
   * @param path where the browser is, as this server sees it
   */
  static String from(String path) {
    long below = path.chars().skip(1).filter(sign -> sign == '/').count();
    return "../".repeat((int) below) + PAGE;
  }
}
