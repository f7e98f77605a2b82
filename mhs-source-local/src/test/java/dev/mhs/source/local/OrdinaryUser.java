package dev.mhs.source.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Somebody who is nobody on this machine: a program of the tests runs as this user, with the rights
 * that are named and no other, as a service does that is given them.
 */
final class OrdinaryUser implements AutoCloseable {
  /** The user that owns nothing; Linux has that number for nobody everywhere. */
  private static final String NOBODY = "65534";

  private final Path home;

  OrdinaryUser() throws IOException {
    home = Files.createTempDirectory("mhs-nobody");
    int number = 0;
    for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(each);
      if (Files.exists(from)) {
        // It may lie where only we may read.
        run("cp", "-rL", each, home.resolve(number++ + "-" + from.getFileName()).toString());
      }
    }
    Files.createDirectory(home.resolve("data"));
    run("chown", "-R", NOBODY + ":" + NOBODY, home.toString());
  }

  /** Returns the words that begin a program with these rights, such as {@code net_raw}. */
  static List<String> with(List<String> rights) {
    StringBuilder only = new StringBuilder("-all");
    rights.forEach(each -> only.append(",+").append(each));
    return List.of(
        "setpriv",
        "--reuid=" + NOBODY,
        "--regid=" + NOBODY,
        "--clear-groups",
        "--bounding-set=" + only,
        "--inh-caps=" + only,
        "--ambient-caps=" + only);
  }

  /** Returns where this user may read the classes of the tests. */
  String classPath() throws IOException {
    try (Stream<Path> all = Files.list(home)) {
      // As they stood, for the first that has a class wins.
      return String.join(
          File.pathSeparator,
          all.filter(each -> !each.endsWith("data"))
              .sorted(Comparator.comparingInt(OrdinaryUser::number))
              .map(Path::toString)
              .toList());
    }
  }

  private static int number(Path copy) {
    String name = copy.getFileName().toString();
    return Integer.parseInt(name.substring(0, name.indexOf('-')));
  }

  /** Returns where this user may keep something. */
  String storage() {
    return home.resolve("data").toString();
  }

  private static void run(String... words) throws IOException {
    try {
      if (new ProcessBuilder(words).inheritIO().start().waitFor() == 0) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("failed: " + String.join(" ", words));
  }

  @Override
  public void close() throws IOException {
    run("rm", "-rf", home.toString());
  }
}
