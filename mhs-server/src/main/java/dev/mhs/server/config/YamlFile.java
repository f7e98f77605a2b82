package dev.mhs.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a YAML file into texts by key: {@code server: {port: 80}} becomes {@code server.port}.
 *
 * <p>It uses the parser that Helidon's own YAML support brings, one step earlier: values stay as
 * they were written, with their lines. Helidon turns them into numbers and booleans first, so that
 * the password {@code 0123} would become 83, and {@code local.scan: off} false. For one file.
 */
final class YamlFile {
  private static final int MOST_ENTRIES = 10_000;

  private final String file;
  private final List<String> problems;
  private final Map<String, Given> entries = new LinkedHashMap<>();

  private YamlFile(String file, List<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * Reads the text of a file.
   *
   * @param file how to name it to people
   * @param text what stands in it
   * @param problems where to add what is wrong
   * @return the texts by key, in the order of the file
   */
  static Map<String, Given> read(String file, String text, List<String> problems) {
    YamlFile reader = new YamlFile(file, problems);
    try {
      Node root = compose(text);
      if (root instanceof MappingNode mapping) {
        reader.addAll("", mapping);
      } else if (root != null && !isNothing(root)) {
        problems.add(file + " must hold settings, such as server: {port: 8000}.");
      }
    } catch (MarkedYAMLException malformed) {
      problems.add(reader.malformed(malformed));
    } catch (YAMLException malformed) {
      problems.add(
          file
              + " is not readable as YAML: "
              + oneLine(String.valueOf(malformed.getMessage()))
              + ".");
    } catch (NumberFormatException tooLarge) { // SnakeYAML 2.3 lets it out for "\\UFFFFFFFF"
      problems.add(file + " is not YAML: there is no character of the number after \\U or \\u.");
    }
    return reader.entries;
  }

  /** As {@code Yaml.compose} does, without loading what makes Java objects. */
  private static @Nullable Node compose(String text) {
    LoaderOptions limits = new LoaderOptions();
    limits.setMaxAliasesForCollections(10); // aliases of aliases can make a small file huge
    ParserImpl parser = new ParserImpl(new StreamReader(text), limits);
    return new Composer(parser, new Resolver(), limits).getSingleNode();
  }

  private void addAll(String prefix, MappingNode mapping) {
    for (NodeTuple entry : mapping.getValue()) {
      if (entries.size() >= MOST_ENTRIES) {
        return;
      }
      if (entry.getKeyNode() instanceof ScalarNode key) {
        add(prefix + key.getValue().strip(), key, entry.getValueNode());
      } else {
        problems.add(at(entry.getKeyNode()) + " has a key that is no plain text.");
      }
    }
  }

  private void add(String key, ScalarNode keyNode, Node value) {
    switch (value) {
      case MappingNode mapping when key.length() > 200 ->
          problems.add(at(mapping) + " is nested too deeply.");
      case MappingNode mapping -> addAll(key + '.', mapping);
      case SequenceNode sequence -> addList(key, keyNode, sequence);
      case ScalarNode scalar -> addText(key, keyNode, text(key, scalar));
      default -> problems.add(at(value) + " is neither a text nor a list nor settings.");
    }
  }

  private void addList(String key, ScalarNode keyNode, SequenceNode sequence) {
    if (key.equals(SourceSettingsReader.SWITCHES)) {
      addSwitches(sequence);
      return;
    }
    StringBuilder texts = new StringBuilder();
    for (Node item : sequence.getValue()) {
      if (!(item instanceof ScalarNode scalar)) {
        problems.add(at(item) + ": the list " + Given.quoted(key) + " may hold plain texts only.");
        return;
      }
      texts.append(texts.isEmpty() ? "" : ",").append(text(key, scalar));
    }
    addText(key, keyNode, texts.toString());
  }

  /** The one list whose items hold settings of their own: {@code switches.1.host} and so on. */
  private void addSwitches(SequenceNode sequence) {
    int number = 0;
    for (Node item : sequence.getValue()) {
      String prefix = SourceSettingsReader.SWITCHES + '.' + ++number + '.';
      if (item instanceof MappingNode mapping) {
        addAll(prefix, mapping);
      } else if (item instanceof ScalarNode scalar) {
        addText(prefix + "host", scalar, text(prefix + "host", scalar));
      } else {
        problems.add(at(item) + ": a switch is written as host: 192.168.88.2.");
      }
    }
  }

  private void addText(String key, ScalarNode keyNode, String text) {
    Given earlier = entries.putIfAbsent(key, new Given(text.strip(), at(keyNode)));
    if (earlier != null) {
      problems.add(
          at(keyNode)
              + ": "
              + Given.quoted(key)
              + " stands there already: "
              + earlier.origin()
              + ".");
    }
  }

  private String text(String key, ScalarNode scalar) {
    boolean ofItsOwn = !scalar.getTag().startsWith(Tag.PREFIX);
    if (ofItsOwn || (scalar.getAnchor() != null && scalar.getValue().isEmpty())) {
      problems.add(
          at(scalar)
              + ": the value of "
              + Given.quoted(key)
              + " must stand in quotes, because of how it begins.");
      return "";
    }
    return isNothing(scalar) ? "" : scalar.getValue();
  }

  private static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private String at(Node node) {
    return file + ", line " + (node.getStartMark().getLine() + 1);
  }

  /** Without the parser's excerpt of the file, and without a name that may be half a password. */
  private String malformed(MarkedYAMLException problem) {
    var mark =
        problem.getProblemMark() != null ? problem.getProblemMark() : problem.getContextMark();
    String where = mark == null ? file : file + ", line " + (mark.getLine() + 1);
    String what = problem.getProblem() == null ? "cannot be parsed" : oneLine(problem.getProblem());
    return what.contains("alias")
        ? where + " is not YAML: a value that begins with * must stand in quotes."
        : where + " is not YAML: " + what + ".";
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("[\\p{Cntrl}\\p{Cs}]", "?").strip();
  }
}
