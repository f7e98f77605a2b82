package dev.mhs.core.spi;

import dev.mhs.api.SourceId;
import java.nio.file.Path;

/**
 * What a source is given when it is opened. Valid until the source is closed; any thread.
 *
 * @since 0.1
 */
public interface SourceContext {
  /**
   * Returns the name of the source to be opened.
   *
   * @return its id
   */
  SourceId id();

  /**
   * Returns what the configuration says for this source.
   *
   * @return its settings
   */
  SourceSettings settings();

  /**
   * Returns the clocks. A source reads no other.
   *
   * @return both clocks
   */
  TimeSource time();

  /**
   * Returns a folder of the source's own for what must survive a restart, such as a pinned
   * certificate. It exists by the time this returns.
   *
   * @return the folder
   * @throws java.io.UncheckedIOException when it cannot be made
   */
  Path storage();

  /**
   * Returns where to log: in the reader's words, once for each change, never a secret.
   *
   * @return a logger that names the source
   */
  System.Logger logger();
}
