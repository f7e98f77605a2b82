package dev.mhs.server.rest;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.Session;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.history.History;
import dev.mhs.core.session.FoundSessions;
import dev.mhs.core.session.SessionStore;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.wire.SessionsJson;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When devices were on the network, and who only passed by. Any thread. */
public final class SessionsApi implements HttpService {
  private static final long USUAL_HOURS = 24;
  private static final long MOST_HOURS = Duration.ofDays(730).toHours();

  private final Engine engine;
  private final @Nullable History history;
  private final TimeSource time;

  /**
   * Makes the service.
   *
   * @param engine tells which device is meant
   * @param history what is asked, or null when nothing is kept
   * @param time the clocks
   */
  public SessionsApi(Engine engine, @Nullable History history, TimeSource time) {
    this.engine = engine;
    this.history = history;
    this.time = time;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/sessions/{device}", this::sessions);
    rules.get("/transient", this::visits);
  }

  private void sessions(ServerRequest request, ServerResponse response) {
    Device device = DevicePath.device(request, engine.latest());
    long hours = hours(request);
    List<Session> sessions =
        found(store().sessions(device.key(), since(hours))).stream()
            .map(session -> upToNow(session, device))
            .toList();
    Json.send(response, SessionsJson.sessions(device, hours, sessions));
  }

  private void visits(ServerRequest request, ServerResponse response) {
    long hours = hours(request);
    List<Session> visits = found(store().transients(since(hours)));
    Map<DeviceKey, Device> devices =
        engine.latest().devices().stream()
            .map(DeviceState::device)
            .collect(Collectors.toMap(Device::key, Function.identity()));
    Json.send(response, SessionsJson.visits(hours, visits, devices::get));
  }

  /** The store hears of an open session when it opens; the device tells how far it reaches. */
  private static Session upToNow(Session session, Device device) {
    Instant seen = device.lastSeen();
    return session.open() && seen != null ? session.until(seen) : session;
  }

  private SessionStore store() {
    if (history == null) {
      throw new Problem(503, "No history is kept: history.enabled is false.");
    }
    return history.store();
  }

  private static List<Session> found(FoundSessions answer) {
    return switch (answer) {
      case FoundSessions.Found(List<Session> sessions) -> sessions;
      case FoundSessions.Unreadable(String sentence) -> throw new Problem(503, sentence);
    };
  }

  private Instant since(long hours) {
    return time.instant().minus(Duration.ofHours(hours));
  }

  private static long hours(ServerRequest request) {
    return WholeNumber.of(request, "hours", USUAL_HOURS, MOST_HOURS);
  }
}
