package dev.mhs.simulator.world;

import java.io.Serial;

/** What a router answers to a request that it does not carry out, in its own words. */
public final class RefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Refuses.
   *
   * @param status the HTTP status that REST gives for it
   * @param detail the router's words, or empty where it has none
   */
  public RefusedException(int status, String detail) {
    super(detail);
    this.status = status;
  }

  /** Refuses what is not there: {@code 404} without words. */
  static RefusedException notFound() {
    return new RefusedException(404, "");
  }

  /** Refuses with {@code 400}. */
  static RefusedException bad(String detail) {
    return new RefusedException(400, detail);
  }

  /**
   * Returns the HTTP status.
   *
   * @return 400 or more
   */
  public int status() {
    return status;
  }

  /**
   * Returns the router's words.
   *
   * @return the text of {@code detail}, or empty
   */
  public String detail() {
    String words = getMessage();
    return words == null ? "" : words;
  }
}
