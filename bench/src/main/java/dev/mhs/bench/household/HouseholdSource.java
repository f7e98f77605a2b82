package dev.mhs.bench.household;

import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.PortSource;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The opened household: it answers at once and never fails. Any thread. */
final class HouseholdSource implements Source {
  private final Household household;
  private final TimeSource time;
  private final Moment opened;

  HouseholdSource(Household household, SourceContext context) {
    this.household = household;
    this.time = context.time();
    this.opened = time.moment();
  }

  @Override
  public Optional<DeviceSource> devices() {
    return Optional.of(() -> new Poll.Ok<>(household.sightings(time.instant())));
  }

  @Override
  public Optional<BandwidthSource> bandwidth() {
    return Optional.of(
        () -> {
          Moment now = time.moment();
          return new Poll.Ok<>(household.reading(now, age(now)));
        });
  }

  @Override
  public Optional<PortSource> ports() {
    return Optional.of(
        () -> {
          Moment now = time.moment();
          return new Poll.Ok<>(List.of(household.router(now, age(now))));
        });
  }

  private Duration age(Moment now) {
    return now.since(opened);
  }

  @Override
  public void close() {}
}
