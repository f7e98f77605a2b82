package dev.mhs.dist;

import dev.mhs.core.spi.SourceProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes plugins as somebody else would: compiled against the jars that are offered for that. */
final class PluginJar {
  private static final Path SOURCES =
      Path.of(System.getProperty("mhs.root"), "dist/src/test/java").normalize();
  private static final List<String> OFFERED = List.of("mhs-api-", "mhs-core-", "jspecify-");
  private static final String SERVICE = "META-INF/services/" + SourceProvider.class.getName();

  private PluginJar() {}

  /**
   * Compiles a package of {@code src/test/java} against mhs-api and mhs-core alone, and drops it
   * into a folder of plugins.
   *
   * @param plugins the folder of plugins
   * @param provider the class that makes its sources
   * @return the plugin's own folder
   */
  static Path drop(Path plugins, String provider) throws IOException {
    String name = provider.substring(0, provider.lastIndexOf('.'));
    Path folder = Files.createDirectories(plugins.resolve(name.replaceAll(".*\\.", "")));
    Path classes = Files.createTempDirectory(plugins.getParent(), "classes");
    compile(SOURCES.resolve(name.replace('.', '/')), classes);
    write(folder.resolve("plugin.jar"), provider, classes);
    return folder;
  }

  /** Drops a jar that names a provider which it does not hold. */
  static Path dropWithoutItsProvider(Path plugins, String name) throws IOException {
    Path folder = Files.createDirectories(plugins.resolve(name));
    write(
        folder.resolve("plugin.jar"),
        "example.absent.Provider",
        Files.createTempDirectory(plugins.getParent(), name));
    return folder;
  }

  private static void compile(Path sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "--release", "21", "-d", classes.toString(), "-classpath", offered(), "-proc:none");
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(filesIn(sources)))
              .call();
      if (!compiled) {
        throw new AssertionError("the plugin does not compile: " + said);
      }
    }
  }

  private static String offered() throws IOException {
    try (Stream<Path> jars = Files.list(MhsProcess.IMAGE.resolve("lib"))) {
      return jars.filter(jar -> OFFERED.stream().anyMatch(jar.getFileName().toString()::startsWith))
          .map(Path::toString)
          .collect(Collectors.joining(":"));
    }
  }

  private static Path[] filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toArray(Path[]::new);
    }
  }

  private static void write(Path jar, String provider, Path classes) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry(SERVICE));
      entries.write(provider.getBytes(StandardCharsets.UTF_8));
      for (Path file : filesIn(classes)) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
      }
    }
  }
}
