package dev.mhs.server.rest;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.IpLiteral;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.history.History;
import dev.mhs.core.history.Retention;
import dev.mhs.core.history.Sample;
import dev.mhs.core.history.Shares;
import dev.mhs.core.history.Subject;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.content.Representation;
import dev.mhs.server.wire.HistoryCsv;
import dev.mhs.server.wire.HistoryJson;
import dev.mhs.server.wire.SharesJson;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was: the traffic of a device or of the household's line. Any thread. */
public final class HistoryApi implements HttpService {
  /** As many as a chart has room for; promised are 2,000 at most. */
  private static final long USUAL_SAMPLES = 1_000;

  /** Layers of devices over each other: a chart needs no more, and there are several. */
  private static final long USUAL_SHARES = 300;

  private static final long USUAL_TOP = 6;
  private static final long MOST_TOP = 50;

  private final Engine engine;
  private final @Nullable History history;
  private final TimeSource time;
  private final Retention retention;

  /** What is asked for: whose past, how far back, and how finely. */
  private record Question(@Nullable String ip, Subject subject, PastTime past, Duration step) {}

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
    rules.get("/wan/shares", this::shares);
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
    PastTime past = PastTime.of(request, time.instant());
    return new Question(ip, subject, past, past.step(retention, USUAL_SAMPLES));
  }

  private void answer(Question asked, ServerRequest request, ServerResponse response) {
    long minutes = asked.past().minutes();
    if (isFull(request)) {
      Question fine = finely(asked);
      PastSamples samples = samples(fine);
      response.header(Representation.ASK_AGAIN);
      response.headers().contentType(MediaTypes.APPLICATION_JSON);
      HistoryJson.stream(response.outputStream(), fine.ip(), minutes, fine.step(), samples);
      return;
    }
    List<Sample> samples = new ArrayList<>();
    samples(asked).forEach(samples::add);
    Json.send(response, HistoryJson.series(asked.ip(), minutes, asked.step(), samples));
  }

  private void shares(ServerRequest request, ServerResponse response) {
    PastTime past = PastTime.of(request, time.instant());
    int most = (int) WholeNumber.of(request, "top", USUAL_TOP, MOST_TOP);
    Duration step = past.step(retention, USUAL_SHARES);
    Shares.Measured shares =
        switch (history().shares(past.from(), past.to(), step, most)) {
          case Shares.Measured measured -> measured;
          case Shares.Unreadable(String sentence) -> throw new Problem(503, sentence);
        };
    Map<DeviceKey, Device> devices =
        engine.latest().devices().stream()
            .map(DeviceState::device)
            .collect(Collectors.toMap(Device::key, Function.identity()));
    Json.send(response, SharesJson.shares(past.minutes(), shares, devices::get));
  }

  private void export(Question asked, ServerResponse response) throws IOException {
    Question fine = finely(asked);
    PastSamples samples = samples(fine);
    String name = fine.ip() == null ? "wan" : fine.ip().replaceAll("[^0-9A-Za-z.]", "-");
    response.header(Representation.ASK_AGAIN);
    response.header(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8; header=present");
    response.header(
        HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"mhs-" + name + ".csv\"");
    try (Writer out = new OutputStreamWriter(response.outputStream(), StandardCharsets.UTF_8)) {
      HistoryCsv.write(samples, out);
    }
  }

  private PastSamples samples(Question asked) {
    PastTime past = asked.past();
    return PastSamples.of(history(), asked.subject(), past.from(), past.to(), asked.step());
  }

  private History history() {
    if (history == null) {
      throw new Problem(503, "No history is kept: history.enabled is false.");
    }
    return history;
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
    return new Question(asked.ip(), asked.subject(), asked.past(), asked.past().finest(retention));
  }
}
