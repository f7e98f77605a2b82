package dev.mhs.source.routeros.client;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request to a RouterOS box.
 *
 * @param verb what is to be done
 * @param path the menu, item or command below {@code /rest/}, such as {@code ip/arp}
 * @param query what is asked for, by key
 * @param body the values to be written, or the arguments of a command; empty for none
 * @param atMost how many rows are accepted
 * @param within how long the whole answer may take, if the session does not allow less
 */
public record RouterRequest(
    Verb verb,
    String path,
    Map<String, String> query,
    Map<String, String> body,
    int atMost,
    Duration within) {
  /** How many rows are accepted where nothing else is said. */
  public static final int USUAL_ROWS = 20_000;

  /** How long an answer may take where nothing else is said. */
  public static final Duration USUAL_TIME = Duration.ofSeconds(10);

  /** What is to be done (RouterOS REST API manual, "HTTP methods"). */
  public enum Verb {
    /** Reads. */
    GET,
    /** Adds an item. */
    PUT,
    /** Changes an item. */
    PATCH,
    /** Removes an item. */
    DELETE,
    /** Runs a command. */
    POST
  }

  /** Copies the maps, keeping their order. */
  public RouterRequest {
    requireNonNull(verb, "verb is null");
    requireNonNull(path, "path is null");
    requireNonNull(within, "within is null");
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
  }

  /**
   * Reads a menu.
   *
   * @param menu such as {@code ip/arp}
   * @param properties the keys that are wanted
   * @return the request
   */
  public static RouterRequest read(String menu, List<String> properties) {
    Map<String, String> query = Map.of(".proplist", String.join(",", properties));
    return new RouterRequest(Verb.GET, menu, query, Map.of(), USUAL_ROWS, USUAL_TIME);
  }

  /**
   * Adds an item.
   *
   * @param menu such as {@code queue/simple}
   * @param values its values
   * @return the request
   */
  public static RouterRequest add(String menu, Map<String, String> values) {
    return new RouterRequest(Verb.PUT, menu, Map.of(), values, USUAL_ROWS, USUAL_TIME);
  }

  /**
   * Changes an item.
   *
   * @param menu such as {@code queue/simple}
   * @param id the item's id, such as {@code *1A}
   * @param values the values that change
   * @return the request
   */
  public static RouterRequest change(String menu, String id, Map<String, String> values) {
    return new RouterRequest(Verb.PATCH, menu + "/" + id, Map.of(), values, USUAL_ROWS, USUAL_TIME);
  }

  /**
   * Removes an item.
   *
   * @param menu such as {@code queue/simple}
   * @param id the item's id
   * @return the request
   */
  public static RouterRequest remove(String menu, String id) {
    return new RouterRequest(
        Verb.DELETE, menu + "/" + id, Map.of(), Map.of(), USUAL_ROWS, USUAL_TIME);
  }

  /**
   * Runs a command.
   *
   * @param command such as {@code interface/ethernet/monitor}; it must end by itself
   * @param arguments its arguments
   * @return the request
   */
  public static RouterRequest run(String command, Map<String, String> arguments) {
    return new RouterRequest(Verb.POST, command, Map.of(), arguments, USUAL_ROWS, USUAL_TIME);
  }

  /**
   * Returns this request for those items only that have a value.
   *
   * @param key the key
   * @param value what it must be
   * @return the request
   */
  public RouterRequest where(String key, String value) {
    Map<String, String> narrowed = new LinkedHashMap<>(query);
    narrowed.put(key, value);
    return new RouterRequest(verb, path, narrowed, body, atMost, within);
  }

  /**
   * Returns this request with another bound on the rows.
   *
   * @param rows how many are accepted
   * @return the request
   */
  public RouterRequest atMost(int rows) {
    return new RouterRequest(verb, path, query, body, rows, within);
  }

  /**
   * Returns this request with another bound on the time.
   *
   * @param time how long the whole answer may take
   * @return the request
   */
  public RouterRequest within(Duration time) {
    return new RouterRequest(verb, path, query, body, atMost, time);
  }

  /**
   * Tells whether it can be sent a second time without harm.
   *
   * @return whether it only reads
   */
  public boolean isRepeatable() {
    return verb == Verb.GET;
  }

  /**
   * Returns which policy the router's user needs for it.
   *
   * @return {@code read} or {@code write}
   */
  public String policy() {
    boolean reads = verb == Verb.GET || (verb == Verb.POST && path.matches(".*(print|monitor.*)"));
    return reads ? "read" : "write";
  }

  /** Returns path and query, encoded; the asterisk of an id stays (some versions want it so). */
  String target() {
    String text =
        query.entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return "/rest/" + path + (text.isEmpty() ? "" : "?" + text);
  }

  /** Returns verb and path, without values. */
  @Override
  public String toString() {
    return verb + " /" + path;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%2C", ",");
  }
}
