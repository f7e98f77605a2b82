package dev.mhs.core.engine;

import dev.mhs.api.SourceId;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.core.spi.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a source is given.
 *
 * @param spec what the configuration wants
 * @param time the clocks
 * @param allStorage the folder in which each source has one of its own
 */
record FeedContext(SourceSpec spec, TimeSource time, Path allStorage) implements SourceContext {
  @Override
  public SourceId id() {
    return spec.id();
  }

  @Override
  public SourceSettings settings() {
    return spec.settings();
  }

  @Override
  public Path storage() {
    Path folder = allStorage.resolve(spec.id().name());
    try {
      return Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot make " + folder, failure);
    }
  }

  @Override
  public System.Logger logger() {
    return System.getLogger("dev.mhs.source." + spec.id());
  }
}
