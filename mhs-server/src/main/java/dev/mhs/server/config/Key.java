package dev.mhs.server.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One setting.
 *
 * @param <T> what its value becomes
 * @param name its name in the YAML file
 * @param kind what it may be
 * @param otherwise its default as it would be written, or null when it has none
 * @param shortVariables further variables that set it, beside the one made of its name
 * @param secret whether its value must never be shown
 * @param meaning what it does, one line for people
 */
record Key<T>(
    String name,
    Kind<T> kind,
    @Nullable String otherwise,
    List<String> shortVariables,
    boolean secret,
    String meaning) {
  /** What the name of every variable of ours begins with. */
  static final String PREFIX = "MHS_";

  static <T> Key<T> of(String name, Kind<T> kind, String meaning) {
    return new Key<>(name, kind, null, List.of(), false, meaning);
  }

  Key<T> or(String text) {
    return new Key<>(name, kind, text, shortVariables, secret, meaning);
  }

  Key<T> variable(String shortVariable) {
    return new Key<>(name, kind, otherwise, List.of(shortVariable), secret, meaning);
  }

  Key<T> hidden() {
    return new Key<>(name, kind, otherwise, shortVariables, true, meaning);
  }

  /** The variables that set it, the one that wins first. */
  List<String> variables() {
    return Stream.concat(Stream.of(variableOf(name)), shortVariables.stream()).toList();
  }

  /** The variable that sets the setting of a name. */
  static String variableOf(String name) {
    return PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
