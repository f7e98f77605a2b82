package dev.mhs.source.routeros;

import dev.mhs.api.SourceId;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.simulator.Simulator;
import dev.mhs.simulator.rest.BoxServer;
import dev.mhs.simulator.world.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The simulated household and a source that watches its router through the real client, both on
 * clocks that the test moves. For one thread.
 */
public final class PlayedHousehold implements AutoCloseable {
  /** The clocks of both. */
  public final SettableTime time = new SettableTime();

  /** What is played. */
  public final Simulator simulator;

  private final Path storage;

  /** Starts it. */
  public PlayedHousehold(Scenario scenario, Path storage) {
    this.simulator = Simulator.start(scenario, time);
    this.storage = storage;
  }

  /** Opens a source for the router. */
  public Source router() {
    return open("router", simulator.router(), Map.of());
  }

  /** Opens a source for the router with more settings. */
  public Source router(Map<String, String> more) {
    return open("router", simulator.router(), more);
  }

  /** Opens a source for the switch. */
  public Source switchBox() {
    return open("switch", simulator.switchBox(), Map.of("role", "switch"));
  }

  /** Lets time pass. */
  public void pass(Duration by) {
    time.advance(by);
  }

  @Override
  public void close() {
    simulator.close();
  }

  private Source open(String name, BoxServer box, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("host", box.host());
    settings.put("user", Simulator.USER.name());
    settings.put("pass", Simulator.USER.password());
    settings.putAll(more);
    return new RouterOsProvider().open(new Context(name, settings, time, storage));
  }

  private record Context(String name, Map<String, String> values, TimeSource time, Path storage)
      implements SourceContext {
    @Override
    public SourceId id() {
      return new SourceId(name);
    }

    @Override
    public SourceSettings settings() {
      return new SourceSettings(values);
    }

    @Override
    public System.Logger logger() {
      return System.getLogger("test." + name);
    }
  }
}
