package dev.mhs.core.spi;

/**
 * A setting of a source has a value that cannot be used. The message is one sentence for the person
 * who wrote it: what is wrong and what is allowed; it never holds a secret.
 *
 * @since 0.1
 */
public final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the sentence
   */
  public SettingException(String message) {
    super(message);
  }
}
