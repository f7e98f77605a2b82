package dev.mhs.tck;

import dev.mhs.api.Limit;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import java.util.Optional;

class FakeLimitControllerTest extends LimitControllerContract {
  @Override
  protected Source open(SourceContext context) {
    return Environment.source(context);
  }

  @Override
  protected Optional<Source> openSilent(SourceContext context) {
    FakeSource silent = Environment.source(context);
    silent.onLimits().hangs();
    return Optional.of(silent);
  }

  @Override
  protected Limit limit() {
    return Environment.limit();
  }
}
