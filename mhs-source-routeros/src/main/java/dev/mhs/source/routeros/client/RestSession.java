package dev.mhs.source.routeros.client;

import dev.mhs.api.Cost;
import dev.mhs.api.FailureKind;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.routeros.parse.Refusal;
import dev.mhs.source.routeros.parse.ReplyParser;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Asks a box through Helidon's web client. Any thread.
 *
 * <p>Each request runs on a virtual thread of its own, and the asking thread waits for it. That
 * gives a hard limit on the whole answer (a read timeout would bound each read only) and lets the
 * asking thread be interrupted, whatever kind it is: interrupting a virtual thread in a socket
 * read, write or connect closes the socket (JDK, {@code NioSocketImpl}), while a platform thread
 * would not notice.
 */
public final class RestSession implements RouterSession {
  /** How long one request may take. */
  public static final Duration HARD_LIMIT = Duration.ofSeconds(10);

  /** How many requests a box gets at a time (RouterOS has 20 sessions for everybody). */
  static final int AT_A_TIME = 2;

  private static final int REFUSAL_ROWS = 10;

  private final Endpoint endpoint;
  private final String authorization;
  private final Duration limit;
  private final TimeSource time;
  private final LoginPause login;
  private final Http1Client client;
  private final ReplyParser parser = new ReplyParser();
  private final Semaphore slots = new Semaphore(AT_A_TIME, true);
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong pollingNanos = new AtomicLong();
  private volatile boolean isClosed;

  /**
   * Prepares a session; nothing is sent yet.
   *
   * @param endpoint where the box listens
   * @param credentials who logs in
   * @param trust how the box proves to be the right one
   * @param time the clocks
   * @param limit how long one request may take
   */
  public RestSession(
      Endpoint endpoint, Credentials credentials, Trust trust, TimeSource time, Duration limit) {
    this.endpoint = endpoint;
    this.authorization = credentials.header();
    this.limit = limit;
    this.time = time;
    this.login = new LoginPause(time);
    // Here, not at the first question, whose deadline the loading of it all would eat up.
    this.client =
        Http1Client.builder()
            .baseUri(endpoint.base())
            .tls(trust.tls())
            .proxy(Proxy.noProxy()) // a router on the LAN is never behind a proxy variable
            .followRedirects(false) // credentials stay with the box
            .connectTimeout(limit)
            .readTimeout(limit)
            .keepAlive(true)
            .shareConnectionCache(false)
            .connectionCacheSize(AT_A_TIME)
            .build();
  }

  @Override
  public <T> RouterReply<T> ask(RouterRequest request, Function<Row, Optional<T>> reader)
      throws InterruptedException {
    if (isClosed) {
      return new RouterReply.Failed<>(FailureKind.UNREACHABLE, "the session is closed");
    }
    Optional<RouterReply<T>> refused = login.instead();
    if (refused.isPresent()) {
      return refused.get();
    }
    long millis = Math.min(limit.toMillis(), request.within().toMillis());
    if (!slots.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      return tooSlow("earlier requests are still waiting for their answers", millis);
    }
    FutureTask<RouterReply<T>> task = new FutureTask<>(() -> holdingSlot(request, reader));
    Thread worker = Thread.ofVirtual().name("routeros " + request).start(task);
    try {
      return login.noted(task.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      worker.interrupt();
      return tooSlow("no whole answer to " + request, millis);
    } catch (InterruptedException stop) {
      worker.interrupt();
      throw stop;
    } catch (ExecutionException bug) {
      throw new IllegalStateException(request + " ended in a bug", bug.getCause());
    }
  }

  @Override
  public void askAgain() {
    login.shorten();
  }

  @Override
  public Cost cost() {
    return new Cost(requests.get(), bytes.get(), Duration.ofNanos(pollingNanos.get()));
  }

  @Override
  public void close() {
    isClosed = true;
    client.closeResource();
  }

  private <T> RouterReply<T> tooSlow(String what, long millis) {
    return new RouterReply.Failed<>(
        FailureKind.TIMED_OUT, what + " within " + millis / 1000.0 + " s");
  }

  private <T> RouterReply<T> holdingSlot(RouterRequest request, Function<Row, Optional<T>> reader) {
    try {
      RouterReply<T> reply = once(request, reader);
      // A kept connection may have been closed by the router since: the first sign is this failure.
      boolean broke =
          reply instanceof RouterReply.Failed<T>(FailureKind kind, String detail)
              && kind == FailureKind.UNREACHABLE
              && detail.startsWith(ConnectionTrouble.BROKEN);
      return broke && request.isRepeatable() && !Thread.currentThread().isInterrupted()
          ? once(request, reader)
          : reply;
    } finally {
      slots.release();
    }
  }

  private <T> RouterReply<T> once(RouterRequest request, Function<Row, Optional<T>> reader) {
    requests.incrementAndGet();
    long begun = time.nanos();
    try (HttpClientResponse response = send(request)) {
      return read(request, response, reader);
    } catch (IOException broken) {
      return ConnectionTrouble.of(new UncheckedIOException(broken));
    } catch (RuntimeException broken) {
      // Helidon has no common type for "the peer sent garbage": all kinds of them come from here.
      return ConnectionTrouble.of(broken);
    } finally {
      pollingNanos.addAndGet(time.nanos() - begun);
    }
  }

  private HttpClientResponse send(RouterRequest request) {
    Http1ClientRequest outgoing =
        client
            .method(Method.create(request.verb().name()))
            .skipUriEncoding(true)
            .uri(endpoint.base() + request.target())
            .header(HeaderNames.AUTHORIZATION, authorization)
            .accept(MediaTypes.APPLICATION_JSON);
    if (request.body().isEmpty()) {
      return outgoing.request();
    }
    return outgoing.contentType(MediaTypes.APPLICATION_JSON).submit(json(request.body()));
  }

  private <T> RouterReply<T> read(
      RouterRequest request, HttpClientResponse response, Function<Row, Optional<T>> reader)
      throws IOException {
    int status = response.status().code();
    InputStream body =
        response.entity().hasEntity() ? response.inputStream() : InputStream.nullInputStream();
    try (InputStream counted = new CountedStream(body, bytes)) {
      if (status >= 300) {
        return Refusal.of(status, words(counted), request.policy());
      }
      if (!response.entity().hasEntity()) {
        return new RouterReply.Answer<>(List.of());
      }
      return isPage(response)
          ? new RouterReply.Failed<>(
              FailureKind.MALFORMED, "the peer shows a web page where REST answers in JSON")
          : parsed(request, counted, reader);
    }
  }

  /** A write that is answered with nothing at all was taken; a question was not answered. */
  private <T> RouterReply<T> parsed(
      RouterRequest request, InputStream body, Function<Row, Optional<T>> reader)
      throws IOException {
    PushbackInputStream ahead = new PushbackInputStream(body);
    int first = ahead.read();
    if (first < 0 && request.policy().equals("write")) {
      return new RouterReply.Answer<>(List.of());
    }
    if (first >= 0) {
      ahead.unread(first);
    }
    return parser.parse(ahead, reader, request.atMost());
  }

  private Row words(InputStream body) throws IOException {
    return parser.parse(body, Optional::of, REFUSAL_ROWS) instanceof RouterReply.Answer<Row> answer
            && !answer.items().isEmpty()
        ? answer.items().getFirst()
        : new Row(Map.of());
  }

  private static boolean isPage(HttpClientResponse response) {
    return response
        .headers()
        .contentType()
        .map(type -> type.mediaType().subtype().contains("html"))
        .orElse(false);
  }

  private static String json(Map<String, String> values) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    values.forEach(json::add);
    return json.build().toString();
  }
}
