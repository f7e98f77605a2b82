package dev.mhs.server.rest;

import dev.mhs.api.DeviceKey;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.journal.Journal;
import dev.mhs.core.people.Aliases;
import dev.mhs.server.wire.PeopleJson;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that people give to devices. Any thread. */
public final class AliasApi implements HttpService {
  /** Somebody waits for the answer. */
  static final Duration SAVED_WITHIN = Duration.ofSeconds(2);

  private static final String EXAMPLE = "{\"alias\": \"TV\"}";

  private final Engine engine;
  private final Journal journal;

  /**
   * Makes the service.
   *
   * @param engine what it reads and commands
   * @param journal where names are kept
   */
  public AliasApi(Engine engine, Journal journal) {
    this.engine = engine;
    this.journal = journal;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/aliases", this::all);
    rules.put("/alias/{device}", this::give);
    rules.delete("/alias/{device}", this::take);
  }

  private void all(ServerRequest request, ServerResponse response) {
    Json.send(response, PeopleJson.aliases(engine.aliases().all(), engine.latest()));
  }

  private void give(ServerRequest request, ServerResponse response) throws InterruptedException {
    DeviceKey key = DevicePath.decidable(engine.latest(), DevicePath.key(request, "device"));
    String name = name(FlatJson.object(Body.of(request), EXAMPLE));
    if (!engine.commands().alias(key, name, Requester.of(request))) {
      throw new Problem(
          400, "There are " + Aliases.MOST + " aliases already; delete one that is not needed.");
    }
    answer(response, key, name);
  }

  private void take(ServerRequest request, ServerResponse response) throws InterruptedException {
    DeviceKey key = DevicePath.decidable(engine.latest(), DevicePath.key(request, "device"));
    engine.commands().alias(key, null, Requester.of(request));
    answer(response, key, null);
  }

  private void answer(ServerResponse response, DeviceKey key, @Nullable String name)
      throws InterruptedException {
    String whyNot = journal.awaitKept(SAVED_WITHIN);
    Json.send(response, PeopleJson.alias(key, name, engine.latest(), whyNot));
  }

  private static String name(Map<String, JsonValue> body) {
    if (!body.keySet().equals(Set.of("alias")) || !(body.get("alias") instanceof JsonString text)) {
      throw FlatJson.wrong("it must hold alias, a text, and nothing else, such as " + EXAMPLE);
    }
    String name = Aliases.clean(text.getString());
    if (name == null) {
      throw FlatJson.wrong("an alias needs a visible character; DELETE takes one away");
    }
    if (!Aliases.isShortEnough(name)) {
      throw FlatJson.wrong("an alias has " + Aliases.LONGEST + " characters at most");
    }
    return name;
  }
}
