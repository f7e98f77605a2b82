package dev.mhs.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A clone of the project with the real scripts, a few sources, and a Maven and a JDK that only say
 * what they were asked for. Its path has a space in it.
 */
final class Clone {
  private static final Path PROJECT = Path.of(System.getProperty("mhs.root"));

  /** Notes each build and makes what the wrapper starts. */
  private static final String MAVEN =
      """
      #!/bin/sh
      case "$*" in *-v) echo 'Apache Maven 3.8.7'; exit ;; esac
      echo "$JAVA_HOME: $*" >>builds
      [ ! -e broken ] || { echo '[ERROR] it does not compile'; exit 1; }
      if [ -e report.xml ]; then
        mkdir -p mhs-core/target/surefire-reports
        cp report.xml mhs-core/target/surefire-reports/TEST-A.xml
      fi
      mkdir -p dist/target/mhs/lib
      : >dist/target/mhs/lib/sqlite-jdbc-1.2.jar
      echo -Xmx64m >dist/target/mhs/jvm.options
      echo image >dist/target/mhs/mhs.jar
      [ ! -e fails ]
      """;

  /**
   * Serves nothing: tells its arguments, or, in training, makes an archive when it is told to end.
   */
  private static final String JAVA =
      """
      #!/bin/sh
      for argument; do
        case $argument in -XX:ArchiveClassesAtExit=*) archive=${argument#*=} ;; esac
      done
      if [ -n "${archive-}" ]; then
        trap 'echo classes >"$archive"; kill "$sleeper"; exit 143' TERM
        mkdir "$MHS_DATA_DIR" && echo history >"$MHS_DATA_DIR/mhs.db"
        echo 'MHS is at http://localhost:1'
        sleep 20 & sleeper=$!
        wait
      fi
      echo "started in $PWD, MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX-}:"
      printf '%s\\n' "$@"
      """;

  private final Path root;
  private final Path tools;
  private final Map<String, String> environment = new HashMap<>();

  private Clone(Path root, Path tools) {
    this.root = root;
    this.tools = tools;
  }

  static Clone make(Path folder) throws IOException {
    Clone clone = new Clone(folder.resolve("a clone"), folder.resolve("tools"));
    clone.copyScripts();
    for (String path : List.of("pom.xml", "mhs-core/pom.xml", "mhs-core/src/main/java/A.java")) {
      clone.write(path, "first");
    }
    for (String path :
        List.of(
            "mhs-api/x",
            "mhs-server/x",
            "mhs-simulator/x",
            "mhs-demo/x",
            "mhs-source-x/x",
            ".mvn/jvm.config")) {
      clone.write(path, "first");
    }
    clone.write("dist/pom.xml", "first");
    program(clone.tools.resolve("mvn"), MAVEN);
    // Whatever goes wrong in a test, it installs nothing.
    program(clone.tools.resolve("apt-get"), "#!/bin/sh\necho \"apt-get $*\"\nexit 100\n");
    clone.environment.put("PATH", clone.tools + ":/usr/sbin:/usr/bin:/sbin:/bin");
    clone.environment.put("HOME", folder.toString());
    clone.environment.put("JAVA_HOME", jdk(folder.resolve("a jdk"), "25.0.1").toString());
    return clone;
  }

  private void copyScripts() throws IOException {
    Files.createDirectories(root.resolve("dist/src/main/sh"));
    Files.copy(PROJECT.resolve("mhs"), root.resolve("mhs"));
    try (Stream<Path> scripts = Files.list(PROJECT.resolve("dist/src/main/sh"))) {
      for (Path script : scripts.toList()) {
        Files.copy(script, root.resolve("dist/src/main/sh").resolve(script.getFileName()));
      }
    }
  }

  /** Makes a JDK that says it is of a version. */
  static Path jdk(Path home, String version) throws IOException {
    jre(home, version);
    program(home.resolve("bin/javac"), "#!/bin/sh\n");
    return home;
  }

  /** The same without a compiler. */
  static Path jre(Path home, String version) throws IOException {
    program(home.resolve("bin/java"), JAVA);
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  static void program(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path root() {
    return root;
  }

  void write(String path, String text) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), text);
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** Returns what Maven was asked for so far: one line for each build. */
  List<String> builds() throws IOException {
    Path builds = root.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
  }

  /** Runs {@code ./mhs} with arguments in an environment that holds only what was set here. */
  Command.Result mhs(String... arguments) {
    return environmentOf(environment).with(root.resolve("mhs").toString()).with(arguments).result();
  }

  /** Runs shell code with the functions of the scripts that it names by {@code use}. */
  Command.Result shell(String code) {
    String prelude =
        """
        root='%s'
        say() { printf '%%s\\n' "$*" >&2; }
        fail() { say "$@"; exit 1; }
        use() { . "$root/dist/src/main/sh/$1.sh"; }
        """
            .formatted(root);
    return environmentOf(environment).with("sh", "-euc", prelude + code).result();
  }

  private static Command environmentOf(Map<String, String> variables) {
    return Command.of("env", "-i")
        .with(
            variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toArray(String[]::new));
  }
}
