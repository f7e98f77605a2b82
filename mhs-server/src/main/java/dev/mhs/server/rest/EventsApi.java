package dev.mhs.server.rest;

import dev.mhs.api.DeviceKey;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.journal.EventKind;
import dev.mhs.core.journal.EventPage;
import dev.mhs.core.journal.EventQuery;
import dev.mhs.core.journal.Journal;
import dev.mhs.server.wire.EventsJson;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened. Any thread. */
public final class EventsApi implements HttpService {
  private static final int USUAL = 100;
  private static final int MOST = 500;
  private static final long LATEST = 253_402_300_799L; // the end of the year 9999

  private final Engine engine;
  private final Journal journal;

  /**
   * Makes the service.
   *
   * @param engine tells which device is meant
   * @param journal what is asked
   */
  public EventsApi(Engine engine, Journal journal) {
    this.engine = engine;
    this.journal = journal;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/events", this::events);
  }

  private void events(ServerRequest request, ServerResponse response) {
    EventQuery query =
        new EventQuery(
            parameter(request, "since").map(EventsApi::since).orElse(Instant.EPOCH),
            parameter(request, "cursor").map(EventsApi::cursor).orElse(Long.MAX_VALUE),
            parameter(request, "kind").map(EventsApi::kinds).orElse(Set.of()),
            parameter(request, "device").map(this::device).orElse(null),
            parameter(request, "limit").map(EventsApi::limit).orElse(USUAL));
    EventPage page = journal.events(query);
    Json.send(response, EventsJson.page(page));
  }

  private static Optional<String> parameter(ServerRequest request, String name) {
    return request
        .query()
        .first(name)
        .asOptional()
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static Instant since(String text) {
    if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,9})?")) {
      throw new Problem(400, "since must be a time in Unix seconds, such as 1790000000.");
    }
    BigDecimal seconds = new BigDecimal(text).min(BigDecimal.valueOf(LATEST));
    return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
  }

  private static long cursor(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new Problem(400, "cursor must be what the page before has as next.");
    }
    return Long.parseLong(text);
  }

  private static int limit(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new Problem(400, "limit must be a whole number from 1 to " + MOST + ".");
    }
    return Math.clamp(Integer.parseInt(text), 1, MOST);
  }

  private static Set<EventKind> kinds(String text) {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (String word : text.split(",", -1)) {
      kinds.add(
          Arrays.stream(EventKind.values())
              .filter(kind -> word(kind).equals(word.strip()))
              .findFirst()
              .orElseThrow(
                  () -> new Problem(400, "kind must be one or more of " + allKinds() + ".")));
    }
    return kinds;
  }

  private static String allKinds() {
    return Arrays.stream(EventKind.values()).map(EventsApi::word).collect(Collectors.joining(", "));
  }

  private static String word(EventKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private @Nullable DeviceKey device(String text) {
    DeviceKey key =
        DeviceKey.parse(text)
            .orElseThrow(() -> new Problem(400, "device must be an IP or a MAC address."));
    return DevicePath.find(engine.latest(), key).map(state -> state.device().key()).orElse(key);
  }
}
