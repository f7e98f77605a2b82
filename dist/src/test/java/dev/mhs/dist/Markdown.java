package dev.mhs.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document of the project, as far as its tests need to understand Markdown.
 *
 * @param name its path below the project, such as {@code docs/operations.md}
 * @param lines what it says
 */
record Markdown(String name, List<String> lines) {
  /** The folder of the project. */
  static final Path PROJECT = Path.of(System.getProperty("mhs.root")).toAbsolutePath().normalize();

  private static final Pattern FENCE = Pattern.compile("```(\\w*)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} (.*)");
  private static final Pattern MARK = Pattern.compile("<!-- (.*) -->");
  private static final Pattern LINK = Pattern.compile("(!?)\\[([^\\]]*)]\\(([^)\\s]+)\\)");
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "data", "node_modules");

  /**
   * A link, or a picture.
   *
   * @param line where it stands
   * @param picture whether it is shown rather than followed
   * @param text what is said in its place
   * @param target where it leads
   */
  record Link(int line, boolean picture, String text, String target) {}

  /**
   * A fenced block of code.
   *
   * @param place where it stands: document and line
   * @param section document and anchor of the heading above, such as {@code README.md#two-commands}
   * @param language what the fence says, or an empty text
   * @param mark the comment right above, or an empty text
   * @param lines what is in it
   */
  record Block(String place, String section, String language, String mark, List<String> lines) {
    /** Returns its lines as one text. */
    String text() {
      return String.join("\n", lines) + "\n";
    }

    /** Returns what a person types, each command for itself and without the comment behind it. */
    List<String> commands() {
      return String.join("\n", lines)
          .replace("\\\n", "")
          .lines()
          .map(line -> line.replaceFirst("(^|\\s+)#\\s.*", "").strip())
          .filter(Predicate.not(String::isEmpty))
          .toList();
    }

    /** Returns the same as who is root already and has no sudo. */
    List<String> commandsOfRoot() {
      return commands().stream().map(line -> line.replaceFirst("^sudo ", "")).toList();
    }
  }

  static Markdown of(String name) {
    try {
      return new Markdown(name, Files.readAllLines(PROJECT.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns every document that is part of the project. */
  static List<Markdown> all() {
    try (Stream<Path> files =
        Files.find(PROJECT, 12, (path, what) -> path.toString().endsWith(".md"))) {
      return files
          .map(PROJECT::relativize)
          .filter(path -> NOT_OURS.stream().noneMatch(path.toString().concat("/")::contains))
          .map(path -> of(path.toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the blocks of shell commands in a section.
   *
   * @param section such as {@code docs/operations.md#backup-and-restore}
   */
  static List<Block> shell(String section) {
    List<Block> found =
        of(section.replaceFirst("#.*", "")).blocks().stream()
            .filter(block -> block.section().equals(section) && block.language().equals("sh"))
            .toList();
    if (found.isEmpty()) {
      throw new AssertionError("no shell commands in " + section);
    }
    return found;
  }

  /** Returns the anchors that GitHub and others give to the headings. */
  Set<String> anchors() {
    Set<String> anchors = new LinkedHashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String line : prose()) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String anchor = anchor(heading.group(1));
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
    }
    return anchors;
  }

  private static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .strip()
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  List<Link> links() {
    List<Link> links = new ArrayList<>();
    List<String> prose = prose();
    for (int line = 0; line < prose.size(); line++) {
      // A link around a picture is two links.
      Matcher each = LINK.matcher(prose.get(line).replaceAll("`[^`]*`", "code"));
      while (each.find()) {
        links.add(new Link(line + 1, !each.group(1).isEmpty(), each.group(2), each.group(3)));
      }
    }
    return links;
  }

  /** Returns what stands in backticks within the text. */
  List<String> spans() {
    return SPAN.matcher(String.join("\n", prose())).results().map(span -> span.group(1)).toList();
  }

  /** The lines, those of blocks left empty. */
  private List<String> prose() {
    List<String> prose = new ArrayList<>(lines);
    boolean inside = false;
    for (int line = 0; line < prose.size(); line++) {
      boolean fence = prose.get(line).startsWith("```");
      if (inside || fence) {
        prose.set(line, "");
      }
      inside ^= fence;
    }
    return prose;
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    String section = name;
    for (int line = 0; line < lines.size(); line++) {
      Matcher heading = HEADING.matcher(lines.get(line));
      Matcher fence = FENCE.matcher(lines.get(line));
      if (heading.matches()) {
        section = name + "#" + anchor(heading.group(1));
      } else if (fence.matches()) {
        int end = line + 1 + lines.subList(line + 1, lines.size()).indexOf("```");
        List<String> inside = lines.subList(line + 1, end);
        blocks.add(new Block(name + ":" + (line + 1), section, fence.group(1), mark(line), inside));
        line = end;
      }
    }
    return blocks;
  }

  private String mark(int line) {
    Matcher mark = MARK.matcher(line == 0 ? "" : lines.get(line - 1));
    return mark.matches() ? mark.group(1) : "";
  }
}
