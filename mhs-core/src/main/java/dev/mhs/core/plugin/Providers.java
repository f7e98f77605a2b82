package dev.mhs.core.plugin;

import dev.mhs.core.spi.SourceProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;

/**
 * Every provider that was found, and what could not be loaded. Loading happens once; there is no
 * hot reload. Thread-safe once loaded.
 */
public final class Providers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Providers.class.getName());
  private static final int MOST_PROVIDERS = 100; // of one plugin: an iterator may fail for ever

  private final List<FoundProvider> found = new ArrayList<>();
  private final List<PluginProblem> problems = new ArrayList<>();
  private final List<PluginClassLoader> loaders = new ArrayList<>();

  /**
   * A plugin that could not be loaded and was skipped.
   *
   * @param origin its folder or jar
   * @param problem why, one sentence
   */
  public record PluginProblem(String origin, String problem) {}

  private Providers() {}

  /**
   * Finds the providers on the class path and in {@code <folder>/<name>/*.jar}; a jar that lies in
   * the folder itself is a plugin of its own. A folder that does not exist holds none.
   *
   * @param folder where plugins are dropped
   */
  public static Providers load(Path folder) {
    Providers providers = new Providers();
    ClassLoader own = Providers.class.getClassLoader();
    providers.collect(FoundProvider.BUILT_IN, own);
    if (Files.isDirectory(folder)) {
      providers.loadFolder(folder);
    }
    providers.dropDoubles();
    return providers;
  }

  /**
   * Takes providers that somebody else made, in place of those that can be found.
   *
   * @param given the providers; they count as built-in
   */
  public static Providers of(SourceProvider... given) {
    Providers providers = new Providers();
    for (SourceProvider one : given) {
      ClassLoader loader = one.getClass().getClassLoader();
      providers.found.add(FoundProvider.of(one, FoundProvider.BUILT_IN, loader));
    }
    providers.dropDoubles();
    return providers;
  }

  /** Returns what was found, at most one of each type, built-in ones first. */
  public List<FoundProvider> found() {
    return List.copyOf(found);
  }

  /** Returns what could not be loaded. */
  public List<PluginProblem> problems() {
    return List.copyOf(problems);
  }

  private void loadFolder(Path folder) {
    for (Path entry : entries(folder)) {
      List<Path> jars = Files.isDirectory(entry) ? jarsIn(entry) : List.of(entry);
      boolean isJar = entry.getFileName().toString().endsWith(".jar");
      if (!jars.isEmpty() && (Files.isDirectory(entry) || isJar)) {
        loadPlugin(entry.toString(), jars);
      }
    }
  }

  private void loadPlugin(String origin, List<Path> jars) {
    for (Path jar : jars) {
      try (JarFile opened = new JarFile(jar.toFile())) {
        LOG.log(System.Logger.Level.DEBUG, "{0} holds {1} entries", jar, opened.size());
      } catch (IOException damaged) {
        skip(origin, jar.getFileName() + " cannot be read: " + damaged.getMessage());
        return;
      }
    }
    PluginClassLoader loader = new PluginClassLoader(origin, urls(jars));
    loaders.add(loader);
    if (collect(origin, loader) == 0) {
      skip(origin, "no provider in META-INF/services/" + SourceProvider.class.getName());
    }
  }

  private int collect(String origin, ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Iterator<ServiceLoader.Provider<SourceProvider>> all =
          ServiceLoader.load(SourceProvider.class, loader).stream().iterator();
      int seen = 0;
      while (seen < MOST_PROVIDERS && collectNext(all, origin, loader)) {
        seen++;
      }
      return seen;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Tells whether there was one more, loaded or not. */
  private boolean collectNext(
      Iterator<ServiceLoader.Provider<SourceProvider>> all, String origin, ClassLoader loader) {
    try {
      if (!all.hasNext()) {
        return false;
      }
      ServiceLoader.Provider<SourceProvider> next = all.next();
      if (loader.equals(next.type().getClassLoader())) {
        found.add(FoundProvider.of(next.get(), origin, loader));
      }
    } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
      skip(origin, String.valueOf(broken.getMessage()));
      LOG.log(System.Logger.Level.DEBUG, "skipped " + origin, broken);
    }
    return true;
  }

  private void dropDoubles() {
    Map<String, FoundProvider> first = new HashMap<>();
    for (FoundProvider provider : List.copyOf(found)) {
      FoundProvider other = first.putIfAbsent(provider.type(), provider);
      if (other != null) {
        found.remove(provider);
        skip(
            provider.origin(),
            "its type \"" + provider.type() + "\" is taken by " + other.origin());
      }
    }
  }

  private void skip(String origin, String problem) {
    problems.add(new PluginProblem(origin, problem));
    LOG.log(System.Logger.Level.WARNING, "Plugin {0} is skipped: {1}", origin, problem);
  }

  private static List<Path> jarsIn(Path folder) {
    return entries(folder).stream().filter(path -> path.toString().endsWith(".jar")).toList();
  }

  private static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + folder, unreadable);
    }
    entries.sort(null); // the class path order must not depend on the file system
    return entries;
  }

  private static List<URL> urls(List<Path> jars) {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      try {
        urls.add(jar.toUri().toURL());
      } catch (MalformedURLException impossible) {
        throw new IllegalStateException("a file without URL: " + jar, impossible);
      }
    }
    return urls;
  }

  /** Closes the jars of all plugins. Their sources must be closed before. */
  @Override
  public void close() {
    for (PluginClassLoader loader : loaders) {
      try {
        loader.close();
      } catch (IOException failure) {
        LOG.log(System.Logger.Level.DEBUG, "closing " + loader.getName(), failure);
      }
    }
  }
}
