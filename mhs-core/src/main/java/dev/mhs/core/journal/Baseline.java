package dev.mhs.core.journal;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.SourceId;
import java.time.Instant;

/**
 * When a source first said which devices there are. Whom it names soon after that was there before
 * anybody asked, hence is not new.
 *
 * @param source the source
 * @param since when it first answered
 */
public record Baseline(SourceId source, Instant since) implements Entry {
  /** Checks that nothing is missing. */
  public Baseline {
    requireNonNull(source, "source is null");
    requireNonNull(since, "since is null");
  }

  @Override
  public Id id() {
    return new Id(Kind.BASELINE, source.name());
  }
}
