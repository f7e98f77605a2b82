package dev.mhs.server.rest;

import dev.mhs.api.DeviceKey;
import dev.mhs.core.chronicle.Chronicle;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.journal.Journal;
import dev.mhs.core.people.Watches;
import dev.mhs.server.wire.PeopleJson;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** For which devices people want to be told when they go. Any thread. */
public final class WatchApi implements HttpService {
  private final Engine engine;
  private final Watches watches;
  private final Chronicle chronicle;
  private final Journal journal;

  /**
   * Makes the service.
   *
   * @param engine knows the devices
   * @param watches what was decided
   * @param chronicle hears what is decided
   * @param journal where it is kept
   */
  public WatchApi(Engine engine, Watches watches, Chronicle chronicle, Journal journal) {
    this.engine = engine;
    this.watches = watches;
    this.chronicle = chronicle;
    this.journal = journal;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/watches", this::all);
    rules.put("/watch/{device}", (request, response) -> decide(request, response, true));
    rules.delete("/watch/{device}", (request, response) -> decide(request, response, false));
  }

  private void all(ServerRequest request, ServerResponse response) {
    Json.send(response, PeopleJson.watches(watches, engine.latest()));
  }

  private void decide(ServerRequest request, ServerResponse response, boolean wanted)
      throws InterruptedException {
    DeviceKey key = DevicePath.decidable(engine.latest(), DevicePath.key(request, "device"));
    Body.of(request); // there may be one, but nothing needs to be said in it
    if (!chronicle.watch(key, wanted, Requester.of(request))) {
      throw new Problem(400, "It was decided about " + Watches.MOST + " devices already.");
    }
    String whyNot = journal.awaitKept(AliasApi.SAVED_WITHIN);
    Json.send(response, PeopleJson.watch(key, wanted, engine.latest(), whyNot));
  }
}
