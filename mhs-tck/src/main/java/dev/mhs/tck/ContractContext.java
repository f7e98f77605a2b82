package dev.mhs.tck;

import dev.mhs.api.SourceId;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.core.spi.TimeSource;
import java.nio.file.Path;
import java.time.Instant;

/** What a source is given when a contract opens it: the machine's clocks, and a folder. */
record ContractContext(SourceSettings settings, Path storage) implements SourceContext {
  @Override
  public SourceId id() {
    return new SourceId("contract");
  }

  @Override
  public TimeSource time() {
    return new TimeSource() {
      @Override
      public Instant instant() {
        return Instant.now();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }

  @Override
  public System.Logger logger() {
    return System.getLogger("dev.mhs.tck.contract");
  }
}
