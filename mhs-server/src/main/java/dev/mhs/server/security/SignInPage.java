package dev.mhs.server.security;

import io.helidon.http.Method;
import java.util.Set;

/**
 * What everybody may see before having signed in: the page where that is done, and nothing else.
 *
 * @param root where browsers find this server, ending with a slash
 */
record SignInPage(String root) {
  /** Where sessions are opened and ended, below the root. */
  private static final String API = "api/session";

  private static final String PAGE = "signin.html";
  private static final Set<String> FILES =
      Set.of(PAGE, "css/mhs.css", "css/signin.css", "js/theme.js", "js/signin.js", "favicon.svg");

  /** Tells whether a path is served to everybody. */
  boolean isOpen(String path, Method method) {
    if (!path.startsWith(root)) {
      return false;
    }
    String below = path.substring(root.length());
    return below.equals(API) || (FILES.contains(below) && method.equals(Method.GET));
  }

  /**
   * Returns the way to the page, relative to where a browser is: which path a proxy has put before
   * ours is its own affair.
   *
   * @param path where the browser is, as this server sees it
   */
  String from(String path) {
    boolean isBelow = path.startsWith(root);
    String steps = isBelow ? path.substring(root.length()) : path.substring(1);
    String up = "../".repeat((int) steps.chars().filter(sign -> sign == '/').count());
    return up + (isBelow ? "" : root.substring(1)) + PAGE;
  }
}
