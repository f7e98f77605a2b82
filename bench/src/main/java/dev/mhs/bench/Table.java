package dev.mhs.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes measurements as one table in Markdown, aligned so that it reads well in a terminal too.
 */
final class Table {
  private static final List<String> HEAD =
      List.of("figure", "median", "min – max", "n", "budget", "of budget");

  private Table() {}

  static String of(List<Measurement> measurements) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    measurements.forEach(one -> rows.add(row(one)));
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < HEAD.size(); column++) {
      int at = column;
      widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    StringBuilder text = new StringBuilder();
    text.append(line(rows.getFirst(), widths)).append(rule(widths));
    rows.subList(1, rows.size()).forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  private static List<String> row(Measurement one) {
    Unit unit = one.unit();
    Double part = one.ofBudget();
    return List.of(
        one.what(),
        unit.text(one.median()),
        unit.number(one.least()) + " – " + unit.number(one.most()),
        Integer.toString(one.samples().size()),
        one.budget() == null ? "" : unit.text(one.budget()),
        part == null ? "" : String.format(Locale.ROOT, part > 1 ? "%.2f !" : "%.2f  ", part));
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder("|");
    for (int column = 0; column < cells.size(); column++) {
      String blank = " ".repeat(widths.get(column) - cells.get(column).length());
      String cell = cells.get(column);
      line.append(' ').append(column == 0 ? cell + blank : blank + cell).append(" |");
    }
    return line.append('\n').toString();
  }

  private static String rule(List<Integer> widths) {
    StringBuilder rule = new StringBuilder("|");
    for (int column = 0; column < widths.size(); column++) {
      rule.append("-".repeat(widths.get(column) + 1)).append(column == 0 ? "-|" : ":|");
    }
    return rule.append('\n').toString();
  }
}
