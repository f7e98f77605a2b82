package dev.mhs.tck;

import dev.mhs.core.spi.SourceProvider;

class NamedProviderTest extends SourceProviderContract {
  @Override
  protected SourceProvider provider() {
    return new NamedProvider();
  }
}
