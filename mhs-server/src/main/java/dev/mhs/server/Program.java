package dev.mhs.server;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Presence;
import dev.mhs.api.Snapshot;
import dev.mhs.api.Throughput;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.engine.EngineSettings;
import dev.mhs.core.engine.Subscription;
import dev.mhs.core.engine.SystemTime;
import dev.mhs.core.engine.TrafficListener;
import dev.mhs.core.history.History;
import dev.mhs.core.history.HistoryStore;
import dev.mhs.core.history.RememberedDevice;
import dev.mhs.core.history.Subject;
import dev.mhs.core.merge.PresenceRules;
import dev.mhs.core.plugin.Providers;
import dev.mhs.core.session.Sessions;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.config.Settings;
import dev.mhs.server.history.Refused;
import dev.mhs.server.history.SqliteHistory;
import dev.mhs.server.metrics.CountedBytes;
import io.helidon.webserver.http.HttpRouting;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * MHS, wired and running. The page is served first; the history is opened and the sources are asked
 * right after, on threads of their own.
 */
final class Program implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Program.class.getName());

  private final Settings settings;
  private final TimeSource time;
  private final Providers providers;
  private final Engine engine;
  private final @Nullable History history;
  private final Telling telling;
  private final MhsServer server;
  private final CountedBytes counted = new CountedBytes();
  private final Subscription ticking;
  private final Subscription counting;
  private final Thread beginning;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch end = new CountDownLatch(1);

  private Program(Settings settings, Providers providers, TimeSource time) {
    this.settings = settings;
    this.time = time;
    this.providers = providers;
    this.history = openHistory(settings, time);
    this.engine = engine(settings, time, providers, history, counted);
    this.ticking = history == null ? () -> {} : tickWith(history);
    this.counting = engine.subscribe(counted::published);
    this.telling = telling(settings, history, engine, time);
    telling.follow(engine); // before anybody can ask for anything: what is said is noted
    this.server = serve(settings, engine, history, telling, time, counted);
    this.beginning = Thread.ofPlatform().name("mhs-begin").daemon().unstarted(this::begin);
  }

  /**
   * Starts MHS; throws {@link CannotStart} when it cannot.
   *
   * @param settings the configuration
   * @param providers what sources can be opened by; closed together with this
   */
  static Program start(Settings settings, Providers providers) {
    return start(settings, providers, new SystemTime());
  }

  static Program start(Settings settings, Providers providers, TimeSource time) {
    Program program = new Program(settings, providers, time);
    program.beginning.start();
    return program;
  }

  /** Returns where a browser on this machine finds it. */
  String address() {
    return settings.address(server.port());
  }

  /** Returns the port on which it listens. */
  int port() {
    return server.port();
  }

  /** Registers all that is served with another routing. */
  void register(HttpRouting.Builder routing) {
    server.register(routing);
  }

  /**
   * Lets somebody know of each snapshot, until this is closed.
   *
   * @param listener must not block
   */
  void onPublish(Runnable listener) {
    engine.subscribe(snapshot -> listener.run());
  }

  /** Waits until {@link #close} is done. */
  void awaitEnd() throws InterruptedException {
    end.await();
  }

  private static @Nullable History openHistory(Settings settings, TimeSource time) {
    if (!settings.history().enabled()) {
      return null;
    }
    return switch (SqliteHistory.open(
        settings.dataFolder(), settings.history().retention(), ZoneId.systemDefault(), time)) {
      case SqliteHistory store -> new History(store, time);
      case Refused refused -> throw new CannotStart(refused.sentence());
    };
  }

  private static Engine engine(
      Settings settings,
      TimeSource time,
      Providers providers,
      @Nullable History history,
      CountedBytes counted) {
    EngineSettings engineSettings =
        new EngineSettings(
            settings.server().pushInterval(),
            new PresenceRules(settings.presence().onlineFor(), settings.presence().offlineAfter()),
            ZoneId.systemDefault(),
            settings.dataFolder().resolve("sources"));
    TrafficListener listener =
        (devices, line) -> {
          keep(history, devices, line);
          counted.moved(devices, line);
        };
    return new Engine(
        engineSettings, time, settings.sources(), settings.disabled(), providers, listener);
  }

  private static void keep(
      @Nullable History history, Map<DeviceKey, Throughput> devices, @Nullable Throughput line) {
    if (history == null) {
      return;
    }
    devices.forEach((key, moved) -> history.add(Subject.of(key), moved));
    if (line != null) {
      history.add(Subject.LINE, line);
    }
  }

  /** Counts the beats of pushes, since both beats are the machine's own monotonic clock's. */
  private Subscription tickWith(History kept) {
    long pushes = Math.max(1, History.TICK.dividedBy(settings.server().pushInterval()));
    AtomicLong count = new AtomicLong();
    return engine.onBeat(
        snapshot -> {
          if (count.incrementAndGet() % pushes == 0) {
            kept.tick();
            remember(kept, snapshot);
          }
        });
  }

  private static void remember(History kept, Snapshot snapshot) {
    kept.store()
        .remember(
            snapshot.devices().stream().map(state -> RememberedDevice.of(state.device())).toList());
  }

  private static Telling telling(
      Settings settings, @Nullable History history, Engine engine, TimeSource time) {
    SqliteHistory store =
        history != null && history.store() instanceof SqliteHistory sqlite ? sqlite : null;
    return Telling.of(
        settings.alerts(), store, engine, new Telling.Self(version(), hostname()), time);
  }

  private static MhsServer serve(
      Settings settings,
      Engine engine,
      @Nullable History history,
      Telling telling,
      TimeSource time,
      CountedBytes counted) {
    try {
      return MhsServer.start(
          new MhsServer.Parts(settings, engine, history, telling, counted, version(), hostname()),
          time);
    } catch (RuntimeException cannotListen) {
      telling.close();
      close(history);
      throw cannotListen(settings.server(), cannotListen);
    }
  }

  private static RuntimeException cannotListen(Settings.Server server, RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new CannotStart(
            "Port "
                + server.port()
                + " on "
                + server.host()
                + " cannot be used ("
                + cause.getMessage()
                + "): another program may have it; choose another with APP_PORT or server.port.");
      }
      if (cause instanceof UnknownHostException) {
        return new CannotStart(
            "This machine has no address "
                + server.host()
                + "; choose another with APP_HOST or server.host.");
      }
    }
    return failure;
  }

  private void begin() {
    if (history != null) {
      HistoryStore store = history.store();
      engine.remember(store.remembered().stream().map(Program::device).toList());
      engine.resume(store.inherited(time.instant().minus(Sessions.RECENT)));
      engine.onSessionChange((change, snapshot) -> store.record(change));
    }
    if (!closed.get()) {
      engine.start();
    }
  }

  /** The last state is kept too: sessions that are open now reach until now. */
  private void closeHistory() {
    if (history != null) {
      remember(history, engine.latest());
    }
    close(history);
  }

  private static void close(@Nullable History history) {
    if (history != null) {
      history.close();
    }
  }

  private static Device device(RememberedDevice one) {
    return new Device(
        one.key(),
        one.mac(),
        one.addresses(),
        one.fields(),
        Presence.UNKNOWN,
        one.firstSeen(),
        one.lastSeen(),
        List.of());
  }

  private static String version() {
    String version = Program.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      LOG.log(System.Logger.Level.DEBUG, "this machine has no name", nameless);
      return "localhost";
    }
  }

  /** Ends in order: no new requests, no new questions, sources closed, history written. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    step("the server", server::close);
    ticking.close();
    counting.close();
    step("the engine", engine::close);
    step("the plugins", providers::close);
    step("the alerts", telling::close);
    step("the history", this::closeHistory);
    end.countDown();
  }

  /** One step that fails must not keep the others from being done. */
  private static void step(String what, Runnable closing) {
    try {
      closing.run();
    } catch (RuntimeException bug) {
      LOG.log(System.Logger.Level.ERROR, "closing " + what + " failed", bug);
    }
  }
}
