package dev.mhs.core.engine;

import dev.mhs.api.Capability;
import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Session;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.api.Throughput;
import dev.mhs.core.maker.Makers;
import dev.mhs.core.merge.DeviceTable;
import dev.mhs.core.people.Aliases;
import dev.mhs.core.plugin.Providers;
import dev.mhs.core.poll.Deadlines;
import dev.mhs.core.session.SessionChange;
import dev.mhs.core.session.SessionListener;
import dev.mhs.core.session.Sessions;
import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Opens the configured sources, and publishes a {@link Snapshot} at each push interval, whatever
 * they do: the publishing thread only reads what the sources' own threads have left behind. While
 * somebody waits to see who is there, newcomers are published before their turn. Thread-safe.
 */
public final class Engine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());

  /** No plugin is waited for longer than this when MHS ends. */
  private static final Duration CLOSING_DEADLINE = Duration.ofSeconds(2);

  private final EngineSettings settings;
  private final TimeSource time;
  private final Deadlines deadlines = new Deadlines();
  private final Audience audience;
  private final Aliases aliases = new Aliases();
  private final List<Feed> feeds;
  private final TrafficListener trafficListener;
  private final List<Consumer<Snapshot>> subscribers = new CopyOnWriteArrayList<>();
  private final List<Consumer<Snapshot>> beatSubscribers = new CopyOnWriteArrayList<>();
  private final List<SessionListener> sessionListeners = new CopyOnWriteArrayList<>();
  private final Commands commands;
  private final Thread publisher;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stirred = lock.newCondition();
  private final Beat beat; // guarded by lock, as all below
  private boolean devicesTold; // while somebody waits for them
  private boolean closed;

  private final SnapshotMaker maker; // the publishing thread's only, once it has started
  private volatile Snapshot latest;
  private volatile DeviceTable devices = DeviceTable.EMPTY;

  /**
   * Makes an engine; {@link #start} begins to work.
   *
   * @param settings how it behaves
   * @param time the clocks
   * @param specs the sources that the configuration wants
   * @param disabled names of sources that are not wanted, even when a plugin offers them
   * @param providers what was found
   * @param trafficListener hears what is moved
   */
  public Engine(
      EngineSettings settings,
      TimeSource time,
      List<SourceSpec> specs,
      Set<SourceId> disabled,
      Providers providers,
      TrafficListener trafficListener) {
    this.settings = settings;
    this.time = time;
    this.trafficListener = trafficListener;
    this.beat = new Beat(settings.pushInterval(), time.nanos());
    this.audience = new Audience(time, this::reconsider);
    Roster roster = Roster.of(specs, disabled, providers);
    Feed.Surroundings around =
        new Feed.Surroundings(
            time,
            deadlines,
            audience::isWatching,
            settings.storage(),
            makers(),
            this::heard,
            this::devicesTold);
    this.feeds =
        roster.wanted().stream()
            .map(entry -> new Feed(entry.spec(), entry.provider(), around))
            .toList();
    this.commands = new Commands(feeds, time, () -> latest(), aliases, this::expectNewcomers);
    this.maker = new SnapshotMaker(settings, feeds, roster.problems(), aliases);
    this.latest = maker.make(time.moment());
    this.publisher = Thread.ofPlatform().daemon().name("mhs-publisher").unstarted(this::publish);
  }

  private static Makers makers() {
    return new Makers(
        work -> Thread.ofPlatform().daemon().name("mhs-makers").start(work)); // seldom, and short
  }

  /**
   * Takes over what an earlier run knew about devices. Before {@link #start} only.
   *
   * @param remembered the devices
   */
  public void remember(Collection<Device> remembered) {
    maker.remember(DeviceTable.of(remembered, time.instant()));
  }

  /**
   * Takes over the sessions of an earlier run: those that were open go on if their devices are
   * still there, and the visits of the last day are shown. Before {@link #start} only.
   *
   * @param earlier sessions of any kind
   */
  public void resume(Collection<Session> earlier) {
    maker.resume(Sessions.of(earlier, time.instant()));
  }

  /** Opens the sources and begins to publish. */
  public void start() {
    audience.requested(); // whoever starts it will look in a moment, and a rate takes two readings
    expectNewcomers();
    feeds.forEach(Feed::start);
    publisher.start();
  }

  /** Returns the newest snapshot; at the very beginning one that knows nothing yet. */
  public Snapshot latest() {
    return latest;
  }

  /** Returns who looks. */
  public Audience audience() {
    return audience;
  }

  /** Returns the one door through which people change something. */
  public Commands commands() {
    return commands;
  }

  /** Returns the names that people gave to devices. */
  public Aliases aliases() {
    return aliases;
  }

  /** Returns how often a snapshot is published, apart from those that go out early. */
  public Duration pushInterval() {
    return settings.pushInterval();
  }

  /**
   * Hands every new snapshot to a subscriber, on the publishing thread: it must not block.
   *
   * @param subscriber who hears it
   * @return to be closed when it no longer wants to
   */
  public Subscription subscribe(Consumer<Snapshot> subscriber) {
    return added(subscriber, subscribers);
  }

  /**
   * Hands one snapshot in each push interval to a subscriber, as {@link #subscribe} does: none of
   * those that go out early.
   *
   * @param subscriber who hears it
   * @return to be closed when it no longer wants to
   */
  public Subscription onBeat(Consumer<Snapshot> subscriber) {
    return added(subscriber, beatSubscribers);
  }

  private static Subscription added(
      Consumer<Snapshot> subscriber, List<Consumer<Snapshot>> subscribers) {
    subscribers.add(subscriber);
    return () -> subscribers.remove(subscriber);
  }

  /**
   * Tells a listener what becomes of sessions from now on, on the publishing thread: it must not
   * block.
   *
   * @param listener who hears it
   * @return to be closed when it no longer wants to
   */
  public Subscription onSessionChange(SessionListener listener) {
    sessionListeners.add(listener);
    return () -> sessionListeners.remove(listener);
  }

  private void publish() {
    try {
      while (!isClosed()) {
        boolean regular = isTurn();
        publishOnce(regular);
        notePush(regular);
        awaitPush();
      }
    } catch (InterruptedException end) {
      LOG.log(System.Logger.Level.TRACE, "publishing ends");
    }
  }

  private void publishOnce(boolean regular) {
    try {
      Snapshot snapshot = maker.make(time.moment());
      devices = maker.devices();
      latest = snapshot;
      feeds.forEach(feed -> feed.heed(snapshot.choices()));
      maker.sessionChanges().forEach(change -> tell(change, snapshot));
      subscribers.forEach(subscriber -> push(snapshot, subscriber));
      if (regular) {
        beatSubscribers.forEach(subscriber -> push(snapshot, subscriber));
      }
    } catch (Throwable bug) { // the next push may succeed; the page shows the age of the data
      LOG.log(System.Logger.Level.ERROR, "a push failed", bug);
    }
  }

  private static void push(Snapshot snapshot, Consumer<Snapshot> subscriber) {
    try {
      subscriber.accept(snapshot);
    } catch (Throwable bug) { // it is not the concern of the other subscribers
      LOG.log(System.Logger.Level.ERROR, "a subscriber failed", bug);
    }
  }

  private void tell(SessionChange change, Snapshot snapshot) {
    for (SessionListener listener : sessionListeners) {
      try {
        listener.changed(change, snapshot);
      } catch (Throwable bug) { // it is not the concern of the other listeners
        LOG.log(System.Logger.Level.ERROR, "a listener to sessions failed", bug);
      }
    }
  }

  private void awaitPush() throws InterruptedException {
    boolean newcomers = false;
    while (awaitWord(newcomers)) {
      newcomers = hasNewcomers();
    }
  }

  private boolean hasNewcomers() {
    try {
      return maker.hasNewcomers(time.moment());
    } catch (RuntimeException bug) { // the regular pushes go on
      LOG.log(System.Logger.Level.ERROR, "newcomers could not be looked for", bug);
      return false;
    }
  }

  /**
   * Waits until the next push is due, or until a source tells of devices; true for the latter. Who
   * knows of newcomers already waits for the push alone.
   */
  private boolean awaitWord(boolean newcomers) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long now = time.nanos();
      long left = beat.due(newcomers, now) - now;
      while (!closed && left > 0) {
        if (devicesTold && !newcomers) {
          devicesTold = false;
          return true;
        }
        left = stirred.awaitNanos(left);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean isTurn() {
    lock.lock();
    try {
      return beat.isTurn(time.nanos());
    } finally {
      lock.unlock();
    }
  }

  private void notePush(boolean regular) {
    lock.lock();
    try {
      beat.pushed(regular, time.nanos());
    } finally {
      lock.unlock();
    }
  }

  /** Somebody waits to see who is there: from now on newcomers are shown at once, for a while. */
  private void expectNewcomers() {
    lock.lock();
    try {
      beat.expect(time.nanos());
    } finally {
      lock.unlock();
    }
  }

  private void devicesTold() {
    lock.lock();
    try {
      if (beat.isExpectant(time.nanos())) {
        devicesTold = true;
        stirred.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void heard(Feed feed, Traffic traffic) {
    if (!feed.id().equals(latest.source(Capability.BANDWIDTH))) {
      return;
    }
    Map<DeviceKey, Throughput> known = SnapshotMaker.byDevice(traffic, devices);
    try {
      trafficListener.moved(known, traffic.line());
    } catch (RuntimeException ours) { // not the fault of the source on whose thread this is
      LOG.log(System.Logger.Level.ERROR, "what was moved could not be noted", ours);
    }
  }

  /** Asks all sources as soon as possible, also those that were given up. */
  void hurry() {
    feeds.forEach(Feed::hurry);
  }

  private void reconsider() {
    feeds.forEach(Feed::reconsider);
  }

  /** Stops publishing, then all loops, then closes the sources; bounded in time. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      stirred.signalAll();
    } finally {
      lock.unlock();
    }
    feeds.forEach(Feed::stop);
    List<Thread> closers = new ArrayList<>();
    if (publisher.isAlive() && !publisher.equals(Thread.currentThread())) {
      closers.add(publisher);
    }
    for (Feed feed : feeds) {
      closers.add(Thread.ofPlatform().daemon().name("close-" + feed.id()).start(feed::close));
    }
    awaitAll(closers);
    deadlines.close();
  }

  private void awaitAll(List<Thread> closers) {
    long end = time.nanos() + CLOSING_DEADLINE.toNanos();
    try {
      for (Thread closer : closers) {
        Duration left = Duration.ofNanos(Math.max(1_000_000, end - time.nanos()));
        if (!closer.join(left)) {
          LOG.log(System.Logger.Level.WARNING, "{0} does not end", closer.getName());
        }
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
