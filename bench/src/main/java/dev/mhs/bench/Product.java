package dev.mhs.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The built product.
 *
 * @param root the clone in which it was built
 * @param javaHome the Java that runs it
 * @param archive its class-data archive
 * @param installed the release as the installer puts it in place: with a runtime and an archive of
 *     its own
 * @param moreOptions options added to those of the image, to try them out
 */
record Product(Path root, Path javaHome, Path archive, Path installed, List<String> moreOptions) {
  /** Returns how a person starts it from a clone. */
  List<String> runCommand() {
    return List.of(root.resolve("mhs").toString(), "run");
  }

  /** Returns how the installed service is started: by its own script and its own Java. */
  List<String> installedCommand() {
    return List.of("env", "-u", "MHS_JAVA_HOME", installed.resolve("bin/mhs").toString(), "run");
  }

  /**
   * Returns how the image is started without a script: Java with the options of the image, the
   * archive and what the scripts set in its environment.
   */
  List<String> javaCommand() {
    Path image = root.resolve("dist/target/mhs");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("env", "MALLOC_ARENA_MAX=1"));
    command.add(javaHome.resolve("bin/java").toString());
    command.add("@" + image.resolve("jvm.options"));
    command.add("-XX:SharedArchiveFile=" + archive);
    command.add("-Xlog:disable");
    command.add("-Xlog:all=error:stderr");
    command.addAll(moreOptions);
    command.add("-jar");
    command.add(image.resolve("mhs.jar").toString());
    return command;
  }
}
