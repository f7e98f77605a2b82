package dev.mhs.core.plugin;

import dev.mhs.core.spi.SourceProvider;

/**
 * A provider and where it was found.
 *
 * @param provider the provider
 * @param type its type, read once
 * @param vendor whose boxes it asks, read once
 * @param priority its own priority, read once
 * @param origin {@code built-in}, or the plugin's folder
 * @param classLoader the context class loader for everything that it does
 */
public record FoundProvider(
    SourceProvider provider,
    String type,
    String vendor,
    int priority,
    String origin,
    ClassLoader classLoader) {
  /** The origin of what came with MHS itself. */
  public static final String BUILT_IN = "built-in";

  static FoundProvider of(SourceProvider provider, String origin, ClassLoader classLoader) {
    int priority = provider.priority();
    if (priority < 1 || priority > 999) {
      throw new IllegalArgumentException("priority is " + priority + ", but must be 1 to 999");
    }
    return new FoundProvider(
        provider, provider.type(), provider.vendor(), priority, origin, classLoader);
  }

  /** Tells whether it was dropped in by the user. */
  public boolean isPlugin() {
    return !origin.equals(BUILT_IN);
  }
}
