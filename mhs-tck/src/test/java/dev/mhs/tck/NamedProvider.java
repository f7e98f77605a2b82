package dev.mhs.tck;

import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceProvider;

/** A provider as it should be: public, without state, named in {@code META-INF/services}. */
public final class NamedProvider implements SourceProvider {
  /** As {@link java.util.ServiceLoader} wants it. */
  public NamedProvider() {}

  @Override
  public String type() {
    return "named";
  }

  @Override
  public Source open(SourceContext context) {
    return Environment.source(context);
  }
}
