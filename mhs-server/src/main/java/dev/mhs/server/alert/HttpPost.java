package dev.mhs.server.alert;

import dev.mhs.core.alert.Delivery;
import dev.mhs.core.text.PlainText;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to one address, within a deadline, and understands the answer. Any thread.
 *
 * <p>Redirects are not followed: what is sent may be meant for nobody else. Certificates are
 * verified. Each request has a connection of its own, since one that was kept may be broken by the
 * time of the next, and then nobody knew whether that was taken.
 */
final class HttpPost {
  /** How long one request may take. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final System.Logger LOG = System.getLogger(HttpPost.class.getName());
  private static final int LONGEST_WORDS = 200;
  private static final int LONGEST_ANSWER = 4096;

  private final URI address;
  private final @Nullable String authorization;
  private final List<String> secrets;
  private final Duration limit;
  private final InstantSource clock;
  private final Http1Client client;

  /**
   * Prepares a sender; nothing is sent yet.
   *
   * @param written the address as it was configured, perhaps with {@code user:password@}
   * @param secrets texts that must not be shown, whatever the peer answers
   */
  HttpPost(URI written, List<String> secrets, InstantSource clock) {
    this(written, secrets, clock, LIMIT);
  }

  HttpPost(URI written, List<String> secrets, InstantSource clock, Duration limit) {
    String user = written.getUserInfo();
    this.authorization = user == null ? null : "Basic " + base64(user);
    this.address = letterByLetter(URI.create(withoutUser(written)));
    this.secrets = secrets.stream().filter(text -> text.length() > 3).toList();
    this.clock = clock;
    this.limit = limit;
    this.client =
        Http1Client.builder()
            .proxy(Proxy.noProxy())
            .followRedirects(false)
            .connectTimeout(limit)
            .readTimeout(limit)
            .keepAlive(false)
            .shareConnectionCache(false)
            .build();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String withoutUser(URI uri) {
    String user = uri.getRawUserInfo();
    String text = uri.toString();
    int fragment = text.indexOf('#');
    String whole = fragment < 0 ? text : text.substring(0, fragment);
    return user == null ? whole : whole.replaceFirst("//[^@]*@", "//");
  }

  /**
   * Returns the address as the client takes it: it decodes a path once and sends what it then has,
   * and of a query it shuffles the parts, too (Helidon 4.1.7). The peer must get the letters that
   * were configured, so all of them go through as a path, in which it suffers no semicolon.
   */
  private static URI letterByLetter(URI address) {
    String query = address.getRawQuery();
    String front = address.getScheme() + "://" + address.getRawAuthority();
    String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    String target = front + encoded(path);
    return URI.create(query == null ? target : target + "%3F" + encoded(query).replace("/", "%2F"));
  }

  private static String encoded(String letters) {
    return letters.replace("%", "%25").replace("?", "%3F");
  }

  /** Returns host and port, for people. */
  String target() {
    return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
  }

  /**
   * Sends a body and waits for the answer.
   *
   * @param headers further headers
   * @param body JSON
   */
  Delivery send(Map<HeaderName, String> headers, byte[] body) throws InterruptedException {
    FutureTask<Delivery> task = new FutureTask<>(() -> exchange(headers, body));
    // Virtual, since interrupting one in a socket closes the socket (JDK, NioSocketImpl).
    Thread worker = Thread.ofVirtual().name("alert to " + target()).start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      worker.interrupt();
      return new Delivery.Failed("no whole answer within " + limit.toSeconds() + " s", null);
    } catch (InterruptedException stop) {
      worker.interrupt();
      throw stop;
    } catch (ExecutionException bug) {
      throw new IllegalStateException("sending an alert ended in a bug", bug.getCause());
    }
  }

  private Delivery exchange(Map<HeaderName, String> headers, byte[] body) {
    Http1ClientRequest request =
        client
            .post()
            .skipUriEncoding(true)
            .uri(address)
            .header(HeaderNames.CONTENT_TYPE, "application/json");
    if (authorization != null) {
      request.header(HeaderNames.AUTHORIZATION, authorization);
    }
    headers.forEach(request::header);
    try (HttpClientResponse response = request.submit(body)) {
      return understood(response);
    } catch (RuntimeException broken) {
      // Helidon has no common type for "the peer sent garbage": all kinds of them come from here.
      return new Delivery.Failed(trouble(broken), null);
    }
  }

  private Delivery understood(HttpClientResponse response) {
    Status status = response.status();
    int code = status.code();
    String answer = "it answers " + code + " " + status.reasonPhrase();
    if (code / 100 == 2) {
      return new Delivery.Delivered(answer);
    }
    if (code / 100 == 3) {
      return new Delivery.Refused(
          answer + ", which points elsewhere; redirects are not followed, give the final address");
    }
    String words = answer + said(response);
    boolean later = code == 408 || code == 425 || code == 429 || code / 100 == 5;
    return later ? new Delivery.Failed(words, retryAfter(response)) : new Delivery.Refused(words);
  }

  private String said(HttpClientResponse response) {
    String text = start(response);
    for (String secret : secrets) {
      text = text.replace(secret, "(hidden)");
    }
    String clean = PlainText.sentence(text, LONGEST_WORDS);
    return clean.isEmpty() ? "" : ": " + clean;
  }

  /** The start of the body, as far as it comes: the status counts even where that is broken. */
  private static String start(HttpClientResponse response) {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    if (response.entity().hasEntity()) {
      try (InputStream in = response.inputStream()) {
        for (int one = in.read(); one >= 0 && start.size() < LONGEST_ANSWER; one = in.read()) {
          start.write(one);
        }
      } catch (IOException | RuntimeException broken) { // such as a connection closed at its end
        LOG.log(System.Logger.Level.DEBUG, "the words of a refusal broke off", broken);
      }
    }
    return start.toString(StandardCharsets.UTF_8);
  }

  /** RFC 9110 §10.2.3: seconds, or a date. */
  private @Nullable Duration retryAfter(HttpClientResponse response) {
    String text = response.headers().first(HeaderNames.RETRY_AFTER).orElse("").strip();
    if (text.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Math.max(1, Long.parseLong(text)));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration until = Duration.between(clock.instant(), at);
      return until.isPositive() ? until : null;
    } catch (DateTimeParseException neither) {
      return null;
    }
  }

  private static String trouble(Exception thrown) {
    Throwable root = thrown;
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      root = at;
      switch (at) {
        case CertificateException untrusted -> {
          return "its certificate is not trusted: " + words(untrusted);
        }
        case SSLException tls when !(tls.getCause() instanceof CertificateException) -> {
          return "no encrypted connection: " + words(tls);
        }
        case SocketTimeoutException slow -> {
          return "no answer in time";
        }
        case UnknownHostException unknown -> {
          return "no address is known for " + unknown.getMessage();
        }
        case ConnectException refused -> {
          return "no connection: " + words(refused);
        }
        case NoRouteToHostException unrouted -> {
          return "no connection: " + words(unrouted);
        }
        default -> {}
      }
    }
    return root instanceof IOException
        ? "the connection broke: " + words(root)
        : "the answer is no HTTP, or was cut off: " + words(root);
  }

  private static String words(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null
        ? thrown.getClass().getSimpleName()
        : PlainText.sentence(message, LONGEST_WORDS);
  }
}
