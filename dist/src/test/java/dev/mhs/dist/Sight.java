package dev.mhs.dist;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What somebody sees on the page who waits for it a little while. */
record Sight(Browser browser) {
  private static final Duration SOON = Duration.ofSeconds(45);

  /** Waits until a node that matches a selector tells something; returns what. */
  String told(String selector, Predicate<String> wanted) throws InterruptedException {
    return first(selector, texts(selector), wanted);
  }

  /** Waits until an expression of texts has one that is wanted; returns it. */
  String first(String what, String texts, Predicate<String> wanted) throws InterruptedException {
    return Await.until(what, SOON, () -> browser.texts(texts).stream().filter(wanted).findFirst());
  }

  /** Waits until nothing matches a selector any more. */
  void gone(String selector) throws InterruptedException {
    Await.until(
        selector + " is gone",
        SOON,
        () -> Optional.of(browser.texts(texts(selector))).filter(List::isEmpty));
  }

  /** Presses what matches a selector. */
  void press(String selector) throws InterruptedException {
    browser.evaluate("document.querySelector('" + selector + "').click()");
  }

  /** Returns the selector of a device's row. */
  static String row(String mac) {
    return "#devices tr[data-key=\"" + mac + "\"]";
  }

  private static String texts(String selector) {
    return "[...document.querySelectorAll('" + selector + "')].map(node => node.textContent)";
  }
}
