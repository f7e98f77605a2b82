package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.World;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A box that listens on loopback, with HTTPS and its own self-made certificate, or without. Any
 * thread.
 */
public final class BoxServer implements AutoCloseable {
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

  private final World world;
  private final String name;
  private final boolean isPlain;
  private final RestApi api;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition faultChanged = lock.newCondition();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger waitingAtMost = new AtomicInteger();
  private volatile List<User> users;
  private volatile Fault fault = new Fault.None();
  private final Certificates certificates;
  private BoxCertificate certificate;
  private @Nullable WebServer server;
  private int port;
  private int faults;

  /**
   * How a box listens.
   *
   * @param port the TCP port; 0 for a free one
   * @param isPlain whether it speaks HTTP instead of HTTPS
   * @param users who may log in
   * @param certificates makes what it shows, without HTTPS too
   */
  public record Settings(int port, boolean isPlain, List<User> users, Certificates certificates) {
    /** Copies the users. */
    public Settings {
      users = List.copyOf(users);
    }
  }

  private BoxServer(World world, String name, Menus menus, Settings settings) {
    this.world = world;
    this.name = name;
    this.isPlain = settings.isPlain();
    this.users = settings.users();
    this.api = new RestApi(world, menus);
    this.certificates = settings.certificates();
    this.certificate = newCertificate();
    this.port = settings.port();
    listen();
  }

  /** Starts the router. */
  public static BoxServer ofRouter(World world, Settings settings) {
    return new BoxServer(world, "router", Menus.ofRouter(world), settings);
  }

  /** Starts the switch. */
  public static BoxServer ofSwitch(World world, Settings settings) {
    return new BoxServer(world, "switch", Menus.ofSwitch(world), settings);
  }

  /** Returns the TCP port, which stays the same through all faults. */
  public int port() {
    return port;
  }

  /** Returns where it listens, as MHS's setting {@code host} wants it. */
  public String host() {
    return "127.0.0.1:" + port;
  }

  /** Returns the SHA-256 of its certificate. */
  public String fingerprint() {
    lock.lock();
    try {
      return certificate.fingerprint();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many requests it has been sent. */
  public long requests() {
    return requests.get();
  }

  /** Returns how many requests were underway at most at one time. */
  public int atMostAtATime() {
    return waitingAtMost.get();
  }

  /** Sets who may log in from now on. */
  public void users(List<User> allowed) {
    users = List.copyOf(allowed);
  }

  /** Plays versions that are said to refuse PATCH and DELETE by id, and want it in a body. */
  public void wantIdsInBodies(boolean wanted) {
    api.wantIdsInBodies(wanted);
  }

  /** Breaks something, or mends it with {@link Fault.None}. What hangs then goes on. */
  public void fault(Fault now) {
    lock.lock();
    try {
      fault = now;
      faults++;
      faultChanged.signalAll();
      if (now instanceof Fault.Refuses) {
        stop();
      } else if (server == null) {
        listen();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Makes a new certificate with a new key, as a reset box does. Open connections are cut. */
  public void changeCertificate() {
    lock.lock();
    try {
      certificate = newCertificate();
      stop();
      listen();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      fault = new Fault.Refuses();
      faults++;
      faultChanged.signalAll();
      stop();
    } finally {
      lock.unlock();
    }
  }

  private BoxCertificate newCertificate() {
    return new BoxCertificate(certificates.make(name, world.time()));
  }

  private void listen() {
    var builder =
        WebServerConfig.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ZERO)
            .routing(HttpRouting.builder().any(this::handle));
    if (!isPlain) {
      builder.tls(Tls.builder().sslContext(certificate.context()).build());
    }
    WebServer started = builder.build().start();
    server = started;
    port = started.port();
  }

  private void stop() {
    WebServer running = server;
    server = null;
    if (running != null) {
      running.stop();
    }
  }

  private void handle(ServerRequest request, ServerResponse response) throws IOException {
    requests.incrementAndGet();
    waitingAtMost.accumulateAndGet(waiting.incrementAndGet(), Math::max);
    try {
      switch (fault) {
        case Fault.None none -> send(response, answer(request));
        case Fault.Refuses refuses -> throw new CloseConnectionException("nobody listens");
        case Fault.Hangs hangs -> {
          awaitMended();
          send(response, answer(request));
        }
        case Fault.Fails fails -> send(response, Answer.refused(500, "std failure: timeout (13)"));
        case Fault.TalksNonsense nonsense ->
            send(response, new Answer(200, "[{\".id\":\"*1\" \"name\"; \u0000\u0007 ]]"));
        case Fault.CutsShort cuts -> cutShort(response, answer(request));
        case Fault.IsSlow(Duration by) -> {
          pause(by);
          send(response, answer(request));
        }
      }
    } finally {
      waiting.decrementAndGet();
    }
  }

  private Answer answer(ServerRequest request) {
    Optional<User> user = user(request);
    if (user.isEmpty()) {
      return Answer.refused(401, "");
    }
    String raw = request.path().rawPath();
    if (!raw.startsWith("/rest/")) {
      return Answer.refused(404, "");
    }
    String body = request.content().hasEntity() ? request.content().as(String.class) : "";
    try {
      Request asked =
          Request.of(
              request.prologue().method().text(),
              path(raw.substring("/rest/".length())),
              filters(request),
              body);
      if (isEndless(asked)) {
        pause(COMMAND_LIMIT);
        return Answer.refused(400, "Session closed");
      }
      return api.answer(asked, user.get());
    } catch (dev.mhs.simulator.world.RefusedException refused) {
      return Answer.refused(refused.status(), refused.detail());
    }
  }

  /** A monitor without {@code once} or {@code duration} runs until the server cuts it off. */
  private static boolean isEndless(Request request) {
    return request.verb().equals("POST")
        && request.path().matches(".*/monitor[a-z-]*")
        && !request.values().containsKey("once")
        && !request.values().containsKey("duration");
  }

  private Optional<User> user(ServerRequest request) {
    String header =
        request.headers().first(HeaderNames.AUTHORIZATION).orElse("").replaceFirst("^Basic ", "");
    for (User user : users) {
      String expected =
          Base64.getEncoder()
              .encodeToString(
                  (user.name() + ":" + user.password()).getBytes(StandardCharsets.UTF_8));
      boolean isIt =
          MessageDigest.isEqual(
              expected.getBytes(StandardCharsets.US_ASCII),
              header.getBytes(StandardCharsets.US_ASCII));
      if (isIt && user.policies().contains(User.Policy.REST_API)) {
        return Optional.of(user);
      }
    }
    return Optional.empty();
  }

  private static String path(String raw) {
    List<String> parts = new ArrayList<>();
    for (String part : raw.split("/", -1)) {
      boolean hidesId = part.contains("%2A") || part.contains("%2a");
      parts.add(
          hidesId ? part : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    return String.join("/", parts);
  }

  private static Map<String, String> filters(ServerRequest request) {
    Map<String, String> filters = new LinkedHashMap<>();
    for (String key : request.query().names()) {
      filters.put(key, request.query().get(key));
    }
    return filters;
  }

  private static void send(ServerResponse response, Answer answer) {
    response.status(Status.create(answer.status()));
    if (answer.json().isEmpty()) {
      response.send();
      return;
    }
    response.header(HeaderValues.CONTENT_TYPE_JSON);
    response.send(answer.json().getBytes(StandardCharsets.UTF_8));
  }

  private static void cutShort(ServerResponse response, Answer answer) throws IOException {
    byte[] whole = answer.json().getBytes(StandardCharsets.UTF_8);
    response.status(Status.create(answer.status()));
    response.header(HeaderValues.CONTENT_TYPE_JSON);
    response.contentLength(whole.length + 1L);
    OutputStream out = response.outputStream();
    out.write(whole, 0, whole.length / 2);
    out.flush();
    throw new CloseConnectionException("cut short");
  }

  private void awaitMended() {
    lock.lock();
    try {
      while (fault instanceof Fault.Hangs) {
        faultChanged.await();
      }
      if (fault instanceof Fault.Refuses) {
        throw new CloseConnectionException("nobody listens any more");
      }
    } catch (InterruptedException stopped) {
      throw new UncheckedIOException(new IOException("the server stops", stopped));
    } finally {
      lock.unlock();
    }
  }

  private void pause(Duration by) {
    lock.lock();
    try {
      long left = by.toNanos();
      int before = faults;
      while (left > 0 && faults == before) {
        left = faultChanged.awaitNanos(left);
      }
    } catch (InterruptedException stopped) {
      throw new UncheckedIOException(new IOException("the server stops", stopped));
    } finally {
      lock.unlock();
    }
  }
}
