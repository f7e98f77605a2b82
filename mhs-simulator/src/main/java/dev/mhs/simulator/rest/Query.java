package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.RefusedException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Filters and property lists (RouterOS manual, "REST API" and "API", "Queries"). */
final class Query {
  private Query() {}

  /** Keeps the rows that have all the values. */
  static List<Row> having(List<Row> rows, Map<String, String> values) {
    return rows.stream()
        .filter(row -> values.entrySet().stream().allMatch(one -> has(row, one)))
        .toList();
  }

  /** Keeps the rows for which a list of query words ends in true. */
  static List<Row> matching(List<Row> rows, List<String> words) {
    return rows.stream().filter(row -> matches(row, words)).toList();
  }

  /** Keeps the keys of a list; unknown ones are silently ignored. Without a list, all. */
  static Map<String, String> only(Row row, List<String> keys, boolean addsIds) {
    if (keys.isEmpty()) {
      return row.values();
    }
    Map<String, String> kept = new LinkedHashMap<>();
    row.values()
        .forEach(
            (key, text) -> {
              if (keys.contains(key) || (addsIds && key.equals(".id"))) {
                kept.put(key, text);
              }
            });
    return kept;
  }

  private static boolean has(Row row, Map.Entry<String, String> wanted) {
    String text = row.values().get(wanted.getKey());
    return text != null && text.equals(plain(wanted.getValue()));
  }

  private static String plain(String text) {
    return switch (text) {
      case "yes" -> "true";
      case "no" -> "false";
      default -> text;
    };
  }

  private static boolean matches(Row row, List<String> words) {
    Deque<Boolean> stack = new ArrayDeque<>();
    for (String word : words) {
      if (word.startsWith("#")) {
        word.chars().skip(1).forEach(operator -> apply((char) operator, stack));
      } else {
        stack.push(test(row, word));
      }
    }
    return stack.stream().allMatch(one -> one);
  }

  private static void apply(char operator, Deque<Boolean> stack) {
    if (stack.isEmpty() || (operator != '!' && stack.size() < 2)) {
      throw new RefusedException(400, "invalid query");
    }
    boolean last = stack.pop();
    boolean first = operator != '!' && stack.pop();
    switch (operator) {
      case '!' -> stack.push(!last);
      case '&' -> stack.push(first && last);
      case '|' -> stack.push(first || last);
      default -> throw new RefusedException(400, "invalid query");
    }
  }

  private static boolean test(Row row, String word) {
    char first = word.isEmpty() ? ' ' : word.charAt(0);
    boolean compares = first == '<' || first == '>' || first == '=';
    String rest = compares || first == '-' ? word.substring(1) : word;
    int equals = rest.indexOf('=');
    String key = equals < 0 ? rest : rest.substring(0, equals);
    String text = row.values().get(key);
    if (first == '-' || equals < 0) {
      return (text != null) != (first == '-');
    }
    if (text == null) {
      return false;
    }
    String wanted = plain(rest.substring(equals + 1));
    boolean ranks = first == '<' || first == '>';
    return ranks ? isOnSide(text, wanted, first == '<') : text.equals(wanted);
  }

  private static boolean isOnSide(String text, String wanted, boolean less) {
    boolean areNumbers = text.matches("[0-9]+") && wanted.matches("[0-9]+");
    int order =
        areNumbers
            ? new BigInteger(text).compareTo(new BigInteger(wanted))
            : text.compareTo(wanted);
    return less ? order < 0 : order > 0;
  }
}
