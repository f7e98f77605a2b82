package dev.mhs.tck;

import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import java.util.Optional;

class FakeBandwidthSourceTest extends BandwidthSourceContract {
  @Override
  protected Source open(SourceContext context) {
    return Environment.source(context);
  }

  @Override
  protected Optional<Source> openSilent(SourceContext context) {
    FakeSource silent = Environment.source(context);
    silent.onBandwidth().hangs();
    return Optional.of(silent);
  }
}
