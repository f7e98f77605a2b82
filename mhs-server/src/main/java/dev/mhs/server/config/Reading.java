package dev.mhs.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads values out of what is given, and collects what is wrong with them. For one thread. */
final class Reading {
  private final Map<String, Given> given;
  private final List<String> problems;

  Reading(Map<String, Given> given, List<String> problems) {
    this.given = given;
    this.problems = problems;
  }

  /** The value of a setting that has a default. */
  <T> T value(Key<T> key) {
    return optional(key).orElseGet(() -> otherwise(key).orElseThrow());
  }

  /** The value of a setting, or its default where there is one; empty after a wrong value too. */
  <T> Optional<T> optional(Key<T> key) {
    Given found = given.get(key.name());
    if (found == null || found.isBlank()) {
      return otherwise(key);
    }
    Optional<T> value = key.kind().parse(found.text());
    if (value.isEmpty()) {
      wrong(key.name(), found, key.secret(), key.kind().allowed());
    }
    return value;
  }

  /** Whether something other than blanks is given. */
  boolean isGiven(Key<?> key) {
    Given found = given.get(key.name());
    return found != null && !found.isBlank();
  }

  /** Whether it is given as empty. */
  boolean isEmptied(Key<?> key) {
    Given found = given.get(key.name());
    return found != null && found.isBlank();
  }

  /** Where a setting was read, in brackets for a sentence. */
  String origin(Key<?> key) {
    Given found = given.get(key.name());
    return found == null ? "(the default)" : '(' + found.origin() + ')';
  }

  /** Everything given under a prefix, by the rest of the key, in the order of reading. */
  List<Map.Entry<String, Given>> under(String prefix) {
    List<Map.Entry<String, Given>> found = new ArrayList<>();
    given.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.add(Map.entry(key.substring(prefix.length()), value));
          }
        });
    return found;
  }

  void wrong(String name, Given found, boolean secret, String allowed) {
    String value = secret ? "has a value that is not shown" : "is " + found.quoted();
    problems.add(name + ' ' + value + " (" + found.origin() + "), but must be " + allowed + '.');
  }

  void problem(String sentence) {
    problems.add(sentence);
  }

  private static <T> Optional<T> otherwise(Key<T> key) {
    return Optional.ofNullable(key.otherwise()).flatMap(key.kind()::parse);
  }
}
