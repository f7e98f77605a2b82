package example.hanging;

import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Hangs for ever, whoever interrupts it, in its question and in its end. It makes the file {@code
 * marker} when it begins to.
 */
public final class HangingProvider implements SourceProvider {
  @Override
  public String type() {
    return "hanging";
  }

  @Override
  public Source open(SourceContext context) {
    Path marker = Path.of(context.settings().text("marker").orElseThrow());
    return new Source() {
      @Override
      public Optional<DeviceSource> devices() {
        return Optional.of(() -> hang(marker));
      }

      @Override
      public void close() {
        hang(marker);
      }
    };
  }

  private static Poll<List<Sighting>> hang(Path marker) {
    try {
      Files.writeString(marker, "hangs");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    while (true) {
      LockSupport.park();
      // An interrupt ends the parking and nothing else.
      Thread.interrupted();
    }
  }
}
