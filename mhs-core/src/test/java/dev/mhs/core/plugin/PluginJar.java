package dev.mhs.core.plugin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a plugin against the API and the SPI, and packs it, as a stranger does. */
public final class PluginJar {
  private static final String SERVICES = "META-INF/services/dev.mhs.core.spi.SourceProvider";

  private final Map<String, String> sources = new LinkedHashMap<>();
  private String services = "";

  /** Adds a class. */
  public PluginJar with(String className, String source) {
    sources.put(className, source);
    return this;
  }

  /** Adds a class that is named as a provider. */
  public PluginJar withProvider(String className, String source) {
    return with(className, source).naming(className);
  }

  /** Names a provider, whether it is there or not. */
  public PluginJar naming(String className) {
    services += className + "\n";
    return this;
  }

  /** Writes the jar. */
  public Path write(Path jar) throws IOException {
    Path folder = Objects.requireNonNull(jar.toAbsolutePath().getParent());
    Files.createDirectories(folder);
    Path classes = Files.createTempDirectory(Objects.requireNonNull(folder.getParent()), "out");
    compile(classes);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        out.write(Files.readAllBytes(path));
      }
      if (!services.isEmpty()) {
        out.putNextEntry(new JarEntry(SERVICES));
        out.write(services.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private void compile(Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((name, source) -> units.add(unit(name, source)));
    if (units.isEmpty()) {
      return;
    }
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    boolean done = compiler.getTask(said, null, null, options, null, units).call();
    assertTrue(done, said::toString);
  }

  private static JavaFileObject unit(String className, String source) {
    URI uri = URI.create("string:///" + className.replace('.', '/') + ".java");
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  /** Returns the source of a provider of a type, with a body that may add or override. */
  public static String provider(String className, String type, String body) {
    int dot = className.lastIndexOf('.');
    return """
        package %s;
        import dev.mhs.core.spi.*;
        public final class %s implements SourceProvider {
          public String type() { return %s; }
          public Source open(SourceContext context) { return () -> {}; }
          %s
        }
        """
        .formatted(className.substring(0, dot), className.substring(dot + 1), type, body);
  }
}
