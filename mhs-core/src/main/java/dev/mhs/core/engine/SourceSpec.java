package dev.mhs.core.engine;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.SourceId;
import dev.mhs.core.spi.SourceSettings;
import org.jspecify.annotations.Nullable;

/**
 * One source that the configuration wants opened.
 *
 * @param id its name
 * @param type the type of its provider
 * @param priority its place in the order, 1 to 999; null for the provider's own
 * @param settings what the configuration says for it
 */
public record SourceSpec(
    SourceId id, String type, @Nullable Integer priority, SourceSettings settings) {
  /** Checks the range of the priority. */
  public SourceSpec {
    requireNonNull(id, "id is null");
    requireNonNull(type, "type is null");
    requireNonNull(settings, "settings is null");
    if (priority != null && (priority < 1 || priority > 999)) {
      throw new IllegalArgumentException("priority is " + priority + ", but must be 1 to 999");
    }
  }
}
