package dev.mhs.core.plugin;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Loads one plugin. It sees its own jars, the JDK, {@code dev.mhs.api} and {@code
 * dev.mhs.core.spi}: none of the libraries of MHS, so that a plugin may bring others of the same
 * name.
 */
final class PluginClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  PluginClassLoader(String name, List<URL> jars) {
    super("plugin " + name, jars.toArray(URL[]::new), new Shared());
  }

  /** Passes on what both sides must share, and nothing else of ours. */
  private static final class Shared extends ClassLoader {
    private static final List<String> PACKAGES =
        List.of("dev.mhs.api.", "dev.mhs.core.spi.", "org.jspecify.annotations.");

    static {
      registerAsParallelCapable();
    }

    Shared() {
      super("plugin SPI", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (PACKAGES.stream().anyMatch(name::startsWith)) {
        return PluginClassLoader.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
