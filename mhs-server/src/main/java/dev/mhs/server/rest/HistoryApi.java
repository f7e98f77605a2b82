package dev.mhs.server.rest;

import dev.mhs.api.Device;
import dev.mhs.api.IpLiteral;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.history.History;
import dev.mhs.core.history.Retention;
import dev.mhs.core.history.Sample;
import dev.mhs.core.history.Subject;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.wire.HistoryCsv;
import dev.mhs.server.wire.HistoryJson;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was: the traffic of a device or of the household's line. Any thread. */
public final class HistoryApi implements HttpService {
  /** As many as a chart has room for; promised are 2,000 at most. */
  private static final long USUAL_SAMPLES = 1_000;

  private static final long USUAL_MINUTES = 60;
  private static final long MOST_MINUTES = Duration.ofDays(3_650).toMinutes();

  /** Steps that divide a day, or are whole days, so that they stay where they are. */
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(7));

  private final Engine engine;
  private final @Nullable History history;
  private final TimeSource time;
  private final Retention retention;

  /** What is asked for: whose past, how far back, and how finely. */
  private record Question(
      @Nullable String ip, Subject subject, long minutes, Instant now, Duration step) {
    Instant from() {
      return now.minus(Duration.ofMinutes(minutes));
    }
  }

  /**
   * Makes the service.
   *
   * @param engine tells which device is meant
   * @param history what is asked, or null when nothing is kept
   * @param time the clocks
   * @param retention how far back which steps reach
   */
  public HistoryApi(
      Engine engine, @Nullable History history, TimeSource time, Retention retention) {
    this.engine = engine;
    this.history = history;
    this.time = time;
    this.retention = retention;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/wan", (request, response) -> answer(line(request), request, response));
    rules.get("/wan/export", (request, response) -> export(line(request), response));
    rules.get("/{device}", (request, response) -> answer(device(request), request, response));
    rules.get("/{device}/export", (request, response) -> export(device(request), response));
  }

  private Question line(ServerRequest request) {
    return question(request, null, Subject.LINE);
  }

  private Question device(ServerRequest request) {
    Device device = DevicePath.device(request, engine.latest());
    InetAddress address = device.address();
    String ip = address == null ? device.key().toString() : IpLiteral.text(address);
    return question(request, ip, Subject.of(device.key()));
  }

  private Question question(ServerRequest request, @Nullable String ip, Subject subject) {
    long minutes = WholeNumber.of(request, "minutes", USUAL_MINUTES, MOST_MINUTES);
    return new Question(ip, subject, minutes, time.instant(), step(minutes));
  }

  private void answer(Question asked, ServerRequest request, ServerResponse response) {
    if (isFull(request)) {
      Question fine = finely(asked);
      PastSamples samples = samples(fine);
      response.header(Json.ASK_AGAIN);
      response.headers().contentType(MediaTypes.APPLICATION_JSON);
      HistoryJson.stream(response.outputStream(), fine.ip(), fine.minutes(), fine.step(), samples);
      return;
    }
    List<Sample> samples = new ArrayList<>();
    samples(asked).forEach(samples::add);
    Json.send(response, HistoryJson.series(asked.ip(), asked.minutes(), asked.step(), samples));
  }

  private void export(Question asked, ServerResponse response) throws IOException {
    Question fine = finely(asked);
    PastSamples samples = samples(fine);
    String name = fine.ip() == null ? "wan" : fine.ip().replaceAll("[^0-9A-Za-z.]", "-");
    response.header(Json.ASK_AGAIN);
    response.header(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8; header=present");
    response.header(
        HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"mhs-" + name + ".csv\"");
    try (Writer out = new OutputStreamWriter(response.outputStream(), StandardCharsets.UTF_8)) {
      HistoryCsv.write(samples, out);
    }
  }

  private PastSamples samples(Question asked) {
    if (history == null) {
      throw new Problem(503, "No history is kept: history.enabled is false.");
    }
    return PastSamples.of(history, asked.subject(), asked.from(), asked.now(), asked.step());
  }

  private static boolean isFull(ServerRequest request) {
    String text = request.query().first("full").orElse("false");
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Problem(400, "full must be true or false.");
    };
  }

  private Question finely(Question asked) {
    Duration finest = finest(asked.minutes());
    return new Question(asked.ip(), asked.subject(), asked.minutes(), asked.now(), finest);
  }

  private Duration finest(long minutes) {
    return retention.finest(Duration.ofMinutes(minutes)).step();
  }

  private Duration step(long minutes) {
    Duration span = Duration.ofMinutes(minutes);
    return STEPS.stream()
        .filter(step -> step.compareTo(finest(minutes)) >= 0)
        .filter(step -> span.dividedBy(step) < USUAL_SAMPLES)
        .findFirst()
        .orElse(STEPS.getLast());
  }
}
