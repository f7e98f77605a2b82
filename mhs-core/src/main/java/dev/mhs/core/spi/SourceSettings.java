package dev.mhs.core.spi;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration says for one source: texts by key. A key is lower-case with dashes.
 *
 * @param values the texts by key; may hold secrets, so {@link #toString()} shows the keys only
 * @since 0.1
 */
public record SourceSettings(Map<String, String> values) {
  /** Settings of a source for which nothing is configured. */
  public static final SourceSettings NONE = new SourceSettings(Map.of());

  /** Copies the map. */
  public SourceSettings {
    values = Map.copyOf(values);
  }

  /**
   * Returns a setting.
   *
   * @param key its key
   * @return its text, or empty when it is absent or blank
   */
  public Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).filter(text -> !text.isBlank());
  }

  /**
   * Returns a yes-or-no setting.
   *
   * @param key its key
   * @param otherwise what holds when it is absent
   * @return its value
   * @throws SettingException when it is neither true nor false
   */
  public boolean flag(String key, boolean otherwise) {
    return text(key)
        .map(
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "true", "yes", "on", "1" -> true;
                  case "false", "no", "off", "0" -> false;
                  default ->
                      throw new SettingException(
                          key + " is \"" + text + "\", but must be true or false");
                })
        .orElse(otherwise);
  }

  /**
   * Returns a setting that names one of a few words.
   *
   * @param <E> the type of the words
   * @param key its key
   * @param otherwise what holds when it is absent
   * @return its value
   * @throws SettingException when it is none of the words
   */
  public <E extends Enum<E>> E choice(String key, E otherwise) {
    E[] allowed = otherwise.getDeclaringClass().getEnumConstants();
    return text(key)
        .map(
            text -> {
              for (E one : allowed) {
                if (word(one).equals(text.toLowerCase(Locale.ROOT))) {
                  return one;
                }
              }
              throw new SettingException(
                  key + " is \"" + text + "\", but must be one of " + words(allowed));
            })
        .orElse(otherwise);
  }

  /** Returns the keys without their values, which may be secret. */
  @Override
  public String toString() {
    return "SourceSettings" + values.keySet();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String words(Enum<?>[] constants) {
    StringBuilder text = new StringBuilder();
    for (Enum<?> constant : constants) {
      text.append(text.isEmpty() ? "" : ", ").append(word(constant));
    }
    return text.toString();
  }
}
