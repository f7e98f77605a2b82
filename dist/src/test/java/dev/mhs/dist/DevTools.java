package dev.mhs.dist;

import static java.util.Objects.requireNonNull;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A page of Chromium, spoken to in its DevTools protocol
 * (chromedevtools.github.io/devtools-protocol): numbered questions as JSON in a WebSocket, answers
 * with the same number, and events without one. One thread asks; events come on another.
 */
final class DevTools implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 30;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final Consumer<JsonObject> events;
  private final WebSocket socket;

  /**
   * Connects.
   *
   * @param page where the page's socket is
   * @param events takes what the page says without being asked
   */
  DevTools(URI page, Consumer<JsonObject> events) {
    this.events = events;
    this.socket = client.newWebSocketBuilder().buildAsync(page, new Listener()).join();
  }

  /**
   * Asks and waits for the answer.
   *
   * @param method what is asked, such as {@code Page.navigate}
   * @param parameters with what
   * @return the result
   */
  JsonObject ask(String method, JsonObject parameters) throws InterruptedException {
    int number = lastNumber.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    asked.put(number, answer);
    JsonObject question =
        Json.createObjectBuilder()
            .add("id", number)
            .add("method", method)
            .add("params", parameters)
            .build();
    socket.sendText(question.toString(), true).join();
    try {
      JsonObject said = answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (said.containsKey("error")) {
        throw new AssertionError(method + ": " + said.get("error"));
      }
      return said.getJsonObject("result");
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(method + " was not answered", e);
    } finally {
      asked.remove(number);
    }
  }

  private void heard(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonObject message = reader.readObject();
      JsonValue number = message.get("id");
      if (number == null) {
        events.accept(message);
        return;
      }
      CompletableFuture<JsonObject> answer = asked.get(message.getInt("id"));
      if (answer != null) {
        answer.complete(message);
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.close();
  }

  /** Puts the parts of a message together. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        heard(parts.toString());
        parts.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      requireNonNull(failure);
      asked.values().forEach(answer -> answer.completeExceptionally(failure));
    }
  }
}
