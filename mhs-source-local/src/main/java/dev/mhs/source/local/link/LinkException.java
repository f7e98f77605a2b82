package dev.mhs.source.local.link;

/** An interface cannot be heard on, or does not send. */
public final class LinkException extends Exception {
  private static final long serialVersionUID = 1;

  /** What stands in the way. */
  public enum Kind {
    /** The library is not installed. */
    NO_LIBRARY,
    /** This process may not. */
    NO_PERMISSION,
    /** Anything else: no such interface, not Ethernet, switched off. */
    OTHER
  }

  private final Kind kind;

  /**
   * Makes one.
   *
   * @param kind what stands in the way
   * @param reason in words
   */
  public LinkException(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  /**
   * Returns what stands in the way.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the reason in words.
   *
   * @return one line
   */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
