package dev.mhs.tck;

import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceProvider;
import java.util.function.Function;

/**
 * A provider that opens what a test gives it. As it has no constructor without parameters, {@link
 * java.util.ServiceLoader} cannot find it; a test hands it over.
 *
 * @param type the type
 * @param priority the place in the order, 1 to 999
 * @param opening opens the source; it may throw or block
 * @since 0.1
 */
public record FakeProvider(String type, int priority, Function<SourceContext, Source> opening)
    implements SourceProvider {
  /**
   * Makes a provider that always gives the same source.
   *
   * @param type the type
   * @param priority the place in the order, 1 to 999
   * @param source the source
   */
  public FakeProvider(String type, int priority, Source source) {
    this(type, priority, context -> source);
  }

  @Override
  public Source open(SourceContext context) {
    return opening.apply(context);
  }
}
