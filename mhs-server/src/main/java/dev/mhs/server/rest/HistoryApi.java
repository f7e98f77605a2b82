package dev.mhs.server.rest;

import dev.mhs.api.Device;
import dev.mhs.api.IpLiteral;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.history.History;
import dev.mhs.core.history.Sample;
import dev.mhs.core.history.Series;
import dev.mhs.core.history.Subject;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.wire.HistoryJson;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was: the traffic of a device or of the household's line. Any thread. */
public final class HistoryApi implements HttpService {
  private static final long MOST_SAMPLES = 2000;
  private static final long USUAL_MINUTES = 60;

  /** Steps that divide a day, so that they stay where they are from one question to the next. */
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1));

  private final Engine engine;
  private final @Nullable History history;
  private final TimeSource time;
  private final Duration kept;

  /**
   * Makes the service.
   *
   * @param engine tells which device is meant
   * @param history what is asked, or null when nothing is kept
   * @param time the clocks
   * @param kept how far back the history reaches
   */
  public HistoryApi(Engine engine, @Nullable History history, TimeSource time, Duration kept) {
    this.engine = engine;
    this.history = history;
    this.time = time;
    this.kept = kept;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/wan", (request, response) -> answer(request, response, null, Subject.LINE));
    rules.get("/{device}", this::device);
  }

  private void device(ServerRequest request, ServerResponse response) {
    Device device = DevicePath.device(request, engine.latest());
    InetAddress address = device.address();
    String ip = address == null ? device.key().toString() : IpLiteral.text(address);
    answer(request, response, ip, Subject.of(device.key()));
  }

  private void answer(
      ServerRequest request, ServerResponse response, @Nullable String ip, Subject subject) {
    long minutes = minutes(request);
    Duration step = step(minutes);
    Instant now = time.instant();
    Instant from = now.minus(Duration.ofMinutes(minutes));
    if (history == null) {
      throw new Problem(503, "No history is kept: history.enabled is false.");
    }
    List<Sample> samples =
        switch (history.series(subject, from, now, step)) {
          case Series.Measured measured -> measured.samples();
          case Series.Unreadable unreadable -> throw new Problem(503, unreadable.sentence());
        };
    Json.send(response, HistoryJson.series(ip, minutes, step, samples));
  }

  private long minutes(ServerRequest request) {
    return WholeNumber.of(request, "minutes", USUAL_MINUTES, kept.toMinutes());
  }

  private static Duration step(long minutes) {
    Duration span = Duration.ofMinutes(minutes);
    return STEPS.stream()
        .filter(step -> span.dividedBy(step) < MOST_SAMPLES)
        .findFirst()
        .orElse(STEPS.getLast());
  }
}
