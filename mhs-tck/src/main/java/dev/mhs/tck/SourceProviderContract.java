package dev.mhs.tck;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceProvider;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/**
 * What the factory of a type of source keeps to, so that MHS finds it. It is opened with {@link
 * #settings}.
 *
 * @since 0.1
 */
public abstract class SourceProviderContract extends SourceContract {
  /** For subclasses. */
  protected SourceProviderContract() {}

  /**
   * Returns the provider under test, newly made.
   *
   * @return the provider
   */
  protected abstract SourceProvider provider();

  @Override
  protected final Source open(SourceContext context) {
    return provider().open(context);
  }

  /** The type is spelled as the configuration wants it. */
  @Test
  public void theTypeIsSpelledAsInTheConfiguration() {
    String type = provider().type();

    assertTrue(type.matches("[a-z0-9][a-z0-9-]{0,63}"), () -> "the type is \"" + type + "\"");
    assertEquals(type, provider().type(), "the type changes");
  }

  /** The vendor has a name, and the priority is in its range. */
  @Test
  public void vendorAndPriorityAreSensible() {
    assertFalse(provider().vendor().isBlank(), "the vendor has no name");
    int priority = provider().priority();
    assertTrue(priority >= 1 && priority <= 999, () -> "the priority is " + priority);
  }

  /** {@link java.util.ServiceLoader} can make it. */
  @Test
  public void itHasAPublicConstructorWithoutParameters() {
    Class<?> type = provider().getClass();

    assertTrue(Modifier.isPublic(type.getModifiers()), () -> type + " is not public");
    assertDoesNotThrow(() -> type.getConstructor().newInstance(), type + " cannot be made");
  }

  /** {@code META-INF/services} names it, without which MHS does not find it. */
  @Test
  public void theServicesFileNamesIt() throws IOException {
    Class<?> type = provider().getClass();
    String file = "META-INF/services/" + SourceProvider.class.getName();
    boolean named = false;
    for (URL url : Collections.list(type.getClassLoader().getResources(file))) {
      try (var stream = url.openStream()) {
        String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        named |=
            text.lines()
                .map(line -> line.replaceAll("#.*", "").strip())
                .anyMatch(type.getName()::equals);
      }
    }
    assertTrue(named, file + " does not name " + type.getName());
  }
}
