package dev.mhs.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The release that {@code ./mhs package} makes of the image under test; made once for all tests.
 */
final class Release {
  private static final Path PROJECT =
      Path.of(System.getProperty("mhs.root")).normalize().toAbsolutePath();

  /** Two compressors and jlink, on a machine with two cores that is busy. */
  private static final Duration PACKING = Duration.ofMinutes(10);

  private static boolean made;

  private Release() {}

  /** Returns the folder with the archives, the package, the sums and the bill of materials. */
  static synchronized Path folder() {
    if (!made) {
      makeOnce();
      made = true;
    }
    return PROJECT.resolve("dist/target/packages");
  }

  /** Another JVM of the same run may be about it, or may have done it. */
  private static void makeOnce() {
    try (FileChannel file =
            FileChannel.open(
                PROJECT.resolve("dist/target/packages.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = file.lock()) {
      if (held.isValid() && !isOfThisBuild()) {
        make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each build makes the image's folder of libraries anew. */
  private static boolean isOfThisBuild() throws IOException {
    Path last = PROJECT.resolve("dist/target/packages/SHA256SUMS");
    return Files.exists(last)
        && Files.getLastModifiedTime(last)
                .compareTo(Files.getLastModifiedTime(MhsProcess.IMAGE.resolve("lib")))
            > 0;
  }

  private static void make() {
    // The build that runs this test has just made the image, and holds the lock on it.
    Command.of(
            "env",
            "MHS_JAVA_HOME=" + System.getProperty("java.home"),
            PROJECT.resolve("mhs").toString(),
            "package",
            "--no-build")
        .within(PACKING)
        .run();
  }

  /** Returns the one file whose name ends so. */
  static Path file(String end) {
    try (Stream<Path> files = Files.list(folder())) {
      List<Path> fitting = files.filter(file -> file.toString().endsWith(end)).toList();
      if (fitting.size() != 1) {
        throw new AssertionError("not one file with " + end + ": " + fitting);
      }
      return fitting.getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the archive with a Java runtime for this machine. */
  static Path withRuntime() {
    return file("-linux-" + arch() + ".tar.gz");
  }

  /** Returns the archive without a runtime. */
  static Path withoutRuntime() {
    return file("-linux.tar.gz");
  }

  private static String arch() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64" -> "arm64";
      case String other -> other;
    };
  }

  /**
   * Unpacks an archive.
   *
   * @param into a folder that exists
   * @return the one folder that was in it
   */
  static Path unpack(Path archive, Path into) {
    Command.of("tar", "-xzf", archive.toString(), "-C", into.toString()).run();
    try (Stream<Path> unpacked = Files.list(into)) {
      return unpacked.filter(Files::isDirectory).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
