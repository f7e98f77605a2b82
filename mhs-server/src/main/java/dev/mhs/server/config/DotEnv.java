package dev.mhs.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@code .env} file: {@code NAME=value} on each line, {@code export} before it and comments
 * are allowed. A value in single quotes is taken as it is; in double quotes {@code \"}, {@code \\},
 * {@code \$}, {@code \n} and {@code \t} are understood. Variables within values are not replaced.
 */
final class DotEnv {
  private static final Pattern LINE =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
  private static final Pattern SINGLE = Pattern.compile("'([^']*)'\\s*(?:#.*)?");
  private static final Pattern DOUBLE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"\\s*(?:#.*)?");

  private DotEnv() {}

  /**
   * Reads the text of a file.
   *
   * @param file how to name it to people
   * @param text what stands in it
   * @param problems where to add what is wrong; never the content of a line, which may be secret
   * @return what stands there by variable; of two the later one
   */
  static Map<String, Given> read(String file, String text, List<String> problems) {
    Map<String, Given> variables = new LinkedHashMap<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String where = file + ", line " + (i + 1);
      Matcher parts = LINE.matcher(line);
      Optional<String> value = parts.matches() ? value(parts.group(2)) : Optional.empty();
      if (value.isPresent()) {
        variables.put(
            parts.group(1), new Given(value.get(), where + ", variable " + parts.group(1)));
      } else {
        problems.add(where + " is not understood; it must be NAME=value, \"value\" or 'value'.");
      }
    }
    return variables;
  }

  private static Optional<String> value(String written) {
    if (written.startsWith("'")) {
      Matcher quoted = SINGLE.matcher(written);
      return quoted.matches() ? Optional.of(quoted.group(1)) : Optional.empty();
    }
    if (written.startsWith("\"")) {
      Matcher quoted = DOUBLE.matcher(written);
      return quoted.matches() ? Optional.of(unescaped(quoted.group(1))) : Optional.empty();
    }
    return Optional.of(written.replaceFirst("(?:^|\\s)#.*", "").strip());
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
        continue;
      }
      char next = text.charAt(++i);
      switch (next) {
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case '"', '\\', '$' -> plain.append(next);
        default -> plain.append(c).append(next);
      }
    }
    return plain.toString();
  }
}
