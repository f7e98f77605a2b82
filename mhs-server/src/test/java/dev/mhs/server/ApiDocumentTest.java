package dev.mhs.server;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.tck.FakeProvider;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The document at {@code /openapi} and what is served are the same. */
class ApiDocumentTest {
  /** Routes that are there for everything else. */
  private static final Set<String> CATCH_ALL = Set.of("/", "/js/main.js", "/api/nothing", "/ws");

  @TempDir private static Path folder;
  private static RunningServer server;
  private static Map<?, ?> document;

  /** One operation of the document. */
  private record Operation(String method, String path, Map<?, ?> told) {
    String address() {
      String filled = path;
      if (told.get("parameters") instanceof List<?> parameters) {
        for (Object one : parameters) {
          Map<?, ?> parameter = (Map<?, ?>) one;
          String name = String.valueOf(parameter.get("name"));
          if ("path".equals(parameter.get("in"))) {
            filled = filled.replace("{" + name + "}", String.valueOf(parameter.get("example")));
          }
        }
      }
      return filled;
    }

    String body() {
      Object example =
          told.get("requestBody") instanceof Map<?, ?> body ? find(body, "example") : null;
      return example == null ? "" : json(example);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server =
        RunningServer.start(
            folder,
            Map.of(),
            new FakeProvider("fake", 100, new Household(new SystemTime(), 3).source()));
    server.await("/api/devices", message -> !message.isNull("total_download_bps"));
    HttpResponse<String> answer = server.get("/openapi");
    assertEquals(200, answer.statusCode());
    document = new Yaml().load(answer.body());
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Test
  void everyRouteIsInTheDocumentAndNothingElse() {
    Set<String> served =
        RouteList.of(server::register).stream()
            .map(route -> route.method() + " " + withoutSlash(route.path()))
            .filter(route -> !CATCH_ALL.contains(route.substring(route.indexOf(' ') + 1)))
            .collect(Collectors.toCollection(TreeSet::new));
    served.addAll(Set.of("GET /observe/health", "GET /ws"));

    Set<String> told =
        operations().stream()
            .map(one -> one.method() + " " + one.address())
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(served, told);
  }

  @Test
  void everyOperationAnswersAsTheDocumentSays() throws Exception {
    List<String> faults = new ArrayList<>();
    for (Operation one : operations()) {
      HttpResponse<String> answer = ask(one);
      String what = one.method() + " " + one.address() + " answered " + answer.statusCode();
      Map<?, ?> responses = (Map<?, ?>) requireNonNull(one.told().get("responses"));
      Object response = responses.get(String.valueOf(answer.statusCode()));
      if (one.method().equals("GET") && response == null) {
        faults.add(what + ": " + answer.body());
      }
      faults.addAll(
          faults(
              response == null ? requireNonNull(responses.get("default")) : response,
              answer,
              what));
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void aProblemIsAsTheDocumentSays() throws Exception {
    Object problem = requireNonNull(schemas().get("Problem"));
    for (String path : List.of("/api/device/x", "/api/device/192.0.2.99", "/api/nothing")) {
      String answer = server.get(path).body();
      assertEquals(List.of(), Shape.faults(parsed(answer), problem, schemas(), path));
    }
  }

  @Test
  void theWebSocketTellsWhatTheDocumentSays() throws Exception {
    try (RawWebSocket live = RawWebSocket.connect(server.port(), "/ws")) {
      Object update = parsed(live.next().text());
      assertEquals(
          List.of(),
          Shape.faults(update, requireNonNull(schemas().get("Update")), schemas(), "ws"));
    }
  }

  private static List<String> faults(Object response, HttpResponse<String> answer, String what) {
    if (!(((Map<?, ?>) response).get("content") instanceof Map<?, ?> content)) {
      return List.of();
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    if (!(content.get(type) instanceof Map<?, ?> media)) {
      return List.of(what + " with " + type);
    }
    return type.endsWith("json")
        ? Shape.faults(
            parsed(answer.body()), requireNonNull(media.get("schema")), schemas(), what + " ")
        : List.of();
  }

  private static HttpResponse<String> ask(Operation one) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(one.address()));
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(one.body());
    return server.send(
        one.body().isEmpty()
            ? request.method(one.method(), HttpRequest.BodyPublishers.noBody())
            : request.method(one.method(), body));
  }

  private static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    ((Map<?, ?>) requireNonNull(document.get("paths")))
        .forEach(
            (path, methods) ->
                ((Map<?, ?>) methods)
                    .forEach(
                        (method, told) ->
                            operations.add(
                                new Operation(
                                    String.valueOf(method).toUpperCase(Locale.ROOT),
                                    String.valueOf(path),
                                    (Map<?, ?>) told))));
    return operations;
  }

  private static Map<?, ?> schemas() {
    Map<?, ?> components = (Map<?, ?>) requireNonNull(document.get("components"));
    return (Map<?, ?>) requireNonNull(components.get("schemas"));
  }

  private static Object find(Map<?, ?> map, String name) {
    if (map.containsKey(name)) {
      return requireNonNull(map.get(name));
    }
    return map.values().stream()
        .filter(Map.class::isInstance)
        .map(value -> find((Map<?, ?>) value, name))
        .findFirst()
        .orElseThrow();
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(field -> "\"" + field.getKey() + "\":" + json(field.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    return value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
  }

  /** JSON is YAML (YAML 1.2 §1.3), as far as what we write goes. */
  private static Object parsed(String json) {
    return new Yaml().load(json);
  }

  private static String withoutSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
