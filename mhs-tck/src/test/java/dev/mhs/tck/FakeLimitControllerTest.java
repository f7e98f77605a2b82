package dev.mhs.tck;

import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
  protected Optional<Source> openSilentToWrites(SourceContext context) {
    FakeSource silent = Environment.source(context);
    silent.onApply().hangs();
    return Optional.of(silent);
  }

  @Override
  protected Optional<Source> openWithForeign(SourceContext context) {
    FakeSource fake = Environment.source(context);
    List<LimitInForce> foreign = List.of(Environment.foreignLimit());
    fake.onLimits()
        .answersWith(() -> Stream.concat(foreign.stream(), fake.inForce().stream()).toList());
    return Optional.of(fake);
  }

  @Override
  protected Limit limit() {
    return Environment.limit();
  }
}
