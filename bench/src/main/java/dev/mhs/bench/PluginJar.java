package dev.mhs.bench;

import dev.mhs.bench.household.HouseholdProvider;
import dev.mhs.core.spi.SourceProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Packs the made-up household as a stranger would: a jar to be dropped in. */
final class PluginJar {
  private PluginJar() {}

  /** Writes the jar. */
  static void write(Path jar) throws IOException {
    String folder = HouseholdProvider.class.getPackageName().replace('.', '/');
    Path classes = classes();
    try (Stream<Path> found = Files.list(classes.resolve(folder));
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      add(
          out,
          "META-INF/services/" + SourceProvider.class.getName(),
          (HouseholdProvider.class.getName() + "\n").getBytes(StandardCharsets.UTF_8));
      for (Path file : found.sorted().toList()) {
        add(out, folder + "/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
  }

  private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  /** The folder of our own classes. */
  private static Path classes() {
    try {
      URI place =
          HouseholdProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(place);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("our classes lie nowhere", impossible);
    }
  }
}
