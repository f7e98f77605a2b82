package dev.mhs.server.rest;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.history.Consumption;
import dev.mhs.core.history.History;
import dev.mhs.core.history.Period;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.wire.UsageJson;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who moved how much, by day, week and month. Any thread. */
public final class UsageApi implements HttpService {
  private final Engine engine;
  private final @Nullable History history;
  private final TimeSource time;
  private final ZoneId zone;

  /**
   * Makes the service.
   *
   * @param engine tells what is known of a device
   * @param history what is asked, or null when nothing is kept
   * @param time the clocks
   * @param zone whose days are meant
   */
  public UsageApi(Engine engine, @Nullable History history, TimeSource time, ZoneId zone) {
    this.engine = engine;
    this.history = history;
    this.time = time;
    this.zone = zone;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/usage", this::usage);
  }

  private void usage(ServerRequest request, ServerResponse response) {
    Period.Kind kind = kind(request.query().first("period").orElse("day"));
    int count = (int) WholeNumber.of(request, "count", usual(kind), most(kind));
    if (history == null) {
      throw new Problem(503, "No history is kept: history.enabled is false.");
    }
    Instant now = time.instant();
    List<Period> periods = kind.upTo(now, zone, count);
    Consumption.Measured moved =
        switch (history.consumption(periods)) {
          case Consumption.Measured measured -> measured;
          case Consumption.Unreadable(String sentence) -> throw new Problem(503, sentence);
        };
    Map<DeviceKey, Device> devices =
        engine.latest().devices().stream()
            .map(DeviceState::device)
            .collect(Collectors.toMap(Device::key, Function.identity()));
    Json.send(
        response,
        new UsageJson(devices::get).usage(new UsageJson.Asked(kind, zone, now), periods, moved));
  }

  private static Period.Kind kind(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "day" -> Period.Kind.DAY;
      case "week" -> Period.Kind.WEEK;
      case "month" -> Period.Kind.MONTH;
      default -> throw new Problem(400, "period must be day, week or month.");
    };
  }

  private static int usual(Period.Kind kind) {
    return switch (kind) {
      case DAY -> 7;
      case WEEK -> 5;
      case MONTH -> 12;
    };
  }

  private static int most(Period.Kind kind) {
    return switch (kind) {
      case DAY -> 92;
      case WEEK -> 53;
      case MONTH -> 36;
    };
  }
}
