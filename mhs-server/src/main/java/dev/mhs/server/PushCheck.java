package dev.mhs.server;

import dev.mhs.core.engine.Engine;
import dev.mhs.core.spi.TimeSource;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.time.Duration;

/** MHS is well as long as it publishes; that a source fails is no illness of its own. */
final class PushCheck implements HealthCheck {
  private final Engine engine;
  private final TimeSource time;

  PushCheck(Engine engine, TimeSource time) {
    this.engine = engine;
    this.time = time;
  }

  @Override
  public String name() {
    return "push";
  }

  @Override
  public HealthCheckType type() {
    return HealthCheckType.LIVENESS;
  }

  @Override
  public HealthCheckResponse call() {
    Duration age = Duration.between(engine.latest().at(), time.instant()).abs();
    boolean well = age.compareTo(engine.pushInterval().multipliedBy(5)) < 0;
    return HealthCheckResponse.builder()
        .status(well)
        .detail("age_seconds", age.toMillis() / 1000.0)
        .build();
  }
}
