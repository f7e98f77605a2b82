package dev.mhs.core.spi;

/**
 * The factory of one type of source, found by {@link java.util.ServiceLoader}. It has a public
 * constructor without parameters, no state, and does no I/O.
 *
 * @since 0.1
 */
public interface SourceProvider {
  /**
   * Returns the type, as it is written in the configuration.
   *
   * @return lower-case letters, digits and dashes, such as {@code routeros}
   */
  String type();

  /**
   * Returns whose boxes this type of source asks, for people.
   *
   * @return such as {@code MikroTik}; by default the type
   */
  default String vendor() {
    return type();
  }

  /**
   * Returns the place of this type's sources in the order: the highest healthy one answers. The
   * configuration may override it. RouterOS has 100, the local source 10.
   *
   * @return 1 to 999
   */
  default int priority() {
    return 50;
  }

  /**
   * Opens a session. It must not block for long: connecting may wait until the first question.
   *
   * @param context what the source is given
   * @return the opened source
   * @throws SettingException when a setting has a value that cannot be used
   */
  Source open(SourceContext context);
}
