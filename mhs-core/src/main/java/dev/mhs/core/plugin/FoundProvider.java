package dev.mhs.core.plugin;

import dev.mhs.core.spi.SourceProvider;
import java.util.Objects;
import java.util.regex.Pattern;

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

  private static final Pattern TYPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  static FoundProvider of(SourceProvider provider, String origin, ClassLoader classLoader) {
    int priority = provider.priority();
    if (priority < 1 || priority > 999) {
      throw new IllegalArgumentException("priority is " + priority + ", but must be 1 to 999");
    }
    String type = Objects.requireNonNull(provider.type(), "the type is null");
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "the type is \"" + type + "\", but must be lower-case letters, digits and dashes");
    }
    String vendor = Objects.requireNonNull(provider.vendor(), "the vendor is null");
    return new FoundProvider(provider, type, vendor, priority, origin, classLoader);
  }

  /** Tells whether it was dropped in by the user. */
  public boolean isPlugin() {
    return !origin.equals(BUILT_IN);
  }
}
