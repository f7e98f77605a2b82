package dev.mhs.server.rest;

import dev.mhs.core.alert.AlertDesk;
import dev.mhs.core.alert.AlertSettings;
import dev.mhs.core.chronicle.Chronicle;
import dev.mhs.server.wire.AlertsJson;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;

/** How alerts fare, and whether they arrive. Any thread. */
public final class AlertsApi implements HttpService {
  private final AlertSettings settings;
  private final AlertDesk desk;
  private final Chronicle chronicle;

  /**
   * Makes the service.
   *
   * @param settings what is told, and when
   * @param desk who tells it
   * @param chronicle knows who counts as met
   */
  public AlertsApi(AlertSettings settings, AlertDesk desk, Chronicle chronicle) {
    this.settings = settings;
    this.desk = desk;
    this.chronicle = chronicle;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(
        "/alerts",
        (request, response) ->
            Json.send(
                response, AlertsJson.status(settings, desk.status(), chronicle.learningUntil())));
    rules.post("/alerts/test", this::test);
  }

  private void test(ServerRequest request, ServerResponse response) throws InterruptedException {
    Body.of(request); // there may be one, but nothing needs to be said in it
    if (!settings.isTold()) {
      throw new Problem(
          409, "No alerts are configured: set alerts.webhook-url or alerts.ntfy-topic.");
    }
    Optional<Duration> pause = desk.testPause();
    if (pause.isPresent()) {
      long seconds = pause.get().plusMillis(999).toSeconds();
      response.header(HeaderNames.RETRY_AFTER, Long.toString(seconds));
      Problem.send(response, 429, "The last test is too short ago: wait " + seconds + " s.");
      return;
    }
    Json.send(response, AlertsJson.tested(desk.test()));
  }
}
