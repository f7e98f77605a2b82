package dev.mhs.core.alert;

import dev.mhs.api.Moment;
import dev.mhs.core.alert.AlertMessage.MessageKind;
import dev.mhs.core.journal.Entry;
import dev.mhs.core.journal.Gone;
import dev.mhs.core.journal.Journal;
import dev.mhs.core.journal.Kept;
import dev.mhs.core.journal.Notice;
import dev.mhs.core.journal.Numbers;
import dev.mhs.core.journal.Parcel;
import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts notices into messages and sees to it that each message reaches every channel. Any thread may
 * hand over notices; one thread of its own sends.
 *
 * <p>A message is sent once it is kept, and kept until it was taken: it is delivered at least once.
 * Only when the process ends between the taking and the noting of it, it is sent a second time, by
 * the same id.
 */
public final class AlertDesk implements AutoCloseable {
  /** What happens together is told together. */
  static final Duration GATHERS = Duration.ofSeconds(10);

  /** So many notices wait for the end of the quiet hours at most. */
  static final int MOST_NOTICES = 200;

  /** How long after a test the next one is refused. */
  public static final Duration TEST_COOLDOWN = Duration.ofSeconds(10);

  private static final System.Logger LOG = System.getLogger(AlertDesk.class.getName());
  private static final Duration KEPT_WITHIN = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final AlertSettings settings;
  private final Journal journal;
  private final Numbers numbers;
  private final TimeSource time;
  private final List<Lane> lanes;
  private final Thread sender;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeMap<Long, Notice> notices = new TreeMap<>(); // by lock
  private int left; // by lock: notices for which there was no room
  private long gatheringSince; // by lock: monotonic clock, where there are notices
  private boolean woken; // by lock
  private boolean closed; // by lock
  private long lastTest; // by lock

  /**
   * Makes a desk; {@link #start} begins to send.
   *
   * @param settings what is told, and when
   * @param channels whom it is told; none may be
   * @param journal keeps what was not delivered yet
   * @param numbers numbers the parcels
   * @param time the clocks
   */
  public AlertDesk(
      AlertSettings settings,
      List<? extends Channel> channels,
      Journal journal,
      Numbers numbers,
      TimeSource time) {
    this.settings = settings;
    this.journal = journal;
    this.numbers = numbers;
    this.time = time;
    this.lanes = channels.stream().map(one -> new Lane(one, time.instant())).toList();
    this.lastTest = time.nanos() - TEST_COOLDOWN.toNanos();
    this.sender = Thread.ofPlatform().name("alerts").daemon().unstarted(this::run);
  }

  /** Begins to send, if there is a channel. */
  public void start() {
    if (!lanes.isEmpty()) {
      sender.start();
    }
  }

  /**
   * Takes over what earlier runs have left.
   *
   * @param kept all of it
   */
  public void read(Kept kept) {
    lock.lock();
    try {
      List<Entry> gone = new ArrayList<>();
      for (Notice notice : kept.of(Notice.class)) {
        if (lanes.isEmpty() || isTooOld(notice, time.instant())) {
          gone.add(new Gone(notice.id()));
        } else {
          add(notice);
        }
      }
      for (Parcel parcel : kept.of(Parcel.class)) {
        lane(parcel.channel())
            .ifPresentOrElse(
                lane -> lane.add(parcel).ifPresent(old -> gone.add(new Gone(old.id()))),
                () -> gone.add(new Gone(parcel.id()))); // a channel that is configured no more
      }
      if (!gone.isEmpty()) {
        journal.keep(gone);
      }
      wake();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes notices that were given to the journal already.
   *
   * @param news the notices
   */
  public void take(List<Notice> news) {
    if (news.isEmpty() || lanes.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      news.forEach(this::add);
      wake();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells whether anybody is told anything.
   *
   * @return whether there is a channel
   */
  public boolean hasChannels() {
    return !lanes.isEmpty();
  }

  /** Such as when the machine was off for long in quiet hours: it helps nobody any more. */
  private static boolean isTooOld(Notice notice, Instant now) {
    return Duration.between(notice.at(), now).compareTo(Lane.OLDEST) > 0;
  }

  private void add(Notice notice) {
    if (notices.isEmpty()) {
      gatheringSince = time.nanos();
    }
    notices.put(notice.number(), notice);
    if (notices.size() > MOST_NOTICES) {
      Notice oldest = notices.pollFirstEntry().getValue();
      left++;
      journal.keep(List.of(new Gone(oldest.id())));
    }
  }

  private Optional<Lane> lane(String name) {
    return lanes.stream().filter(lane -> lane.channel().name().equals(name)).findFirst();
  }

  private void run() {
    try {
      while (!isClosed()) {
        await(step());
      }
    } catch (InterruptedException end) {
      LOG.log(System.Logger.Level.TRACE, "sending ends");
    }
  }

  /**
   * Does what is due now: makes a message of what has gathered, and sends each channel one message
   * at most. The desk's own thread calls it again and again.
   *
   * @return for how long there is nothing to do
   * @throws InterruptedException when MHS ends
   */
  public Duration step() throws InterruptedException {
    try {
      gather();
      Optional<Instant> quiet = settings.quietUntil(time.instant());
      if (quiet.isPresent()) {
        return shorter(Duration.between(time.instant(), quiet.get()), LONGEST_WAIT);
      }
      for (Lane lane : lanes) {
        Optional<Parcel> parcel = next(lane);
        if (parcel.isPresent()) {
          send(lane, parcel.get());
        }
      }
      return untilNext();
    } catch (RuntimeException bug) { // the next message may go through
      LOG.log(System.Logger.Level.ERROR, "sending an alert failed", bug);
      return LONGEST_WAIT;
    }
  }

  private Optional<Parcel> next(Lane lane) {
    lock.lock();
    try {
      List<Entry> gone = new ArrayList<>();
      for (Optional<Parcel> old = lane.tooOld(time.instant());
          old.isPresent();
          old = lane.tooOld(time.instant())) {
        gone.add(new Gone(old.get().id()));
      }
      if (!gone.isEmpty()) {
        journal.keep(gone);
      }
      return lane.next(time.moment());
    } finally {
      lock.unlock();
    }
  }

  private Duration untilNext() {
    lock.lock();
    try {
      Moment now = time.moment();
      OptionalLong gathering =
          notices.isEmpty()
              ? OptionalLong.empty()
              : OptionalLong.of(gatheringSince + GATHERS.toNanos() - now.nanos());
      long nanos =
          Stream.concat(Stream.of(gathering), lanes.stream().map(lane -> lane.wait(now)))
              .flatMapToLong(OptionalLong::stream)
              .min()
              .orElse(LONGEST_WAIT.toNanos());
      return shorter(Duration.ofNanos(Math.max(0, nanos)), LONGEST_WAIT);
    } finally {
      lock.unlock();
    }
  }

  /** Makes a message of what has gathered, unless it is quiet, or more may follow at once. */
  private void gather() {
    lock.lock();
    try {
      Moment now = time.moment();
      if (notices.isEmpty()
          || now.nanos() - gatheringSince < GATHERS.toNanos()
          || settings.quietUntil(now.at()).isPresent()) {
        return;
      }
      List<Entry> entries = new ArrayList<>();
      notices.values().forEach(notice -> entries.add(new Gone(notice.id())));
      List<Notice> told =
          notices.values().stream().filter(notice -> !isTooOld(notice, now.at())).toList();
      notices.clear();
      if (told.isEmpty()) {
        journal.keep(entries);
        return;
      }
      AlertMessage message = message(told, now.at());
      for (Lane lane : lanes) {
        Parcel parcel = parcel(lane.channel(), message);
        entries.add(parcel);
        lane.add(parcel).ifPresent(old -> entries.add(new Gone(old.id())));
      }
      left = 0;
      journal.keep(entries);
    } finally {
      lock.unlock();
    }
  }

  private AlertMessage message(List<Notice> told, Instant now) {
    boolean summary = told.stream().anyMatch(one -> settings.quietUntil(one.at()).isPresent());
    String title = AlertWords.title(told, left);
    return new AlertMessage(
        UUID.randomUUID().toString(),
        summary ? MessageKind.SUMMARY : MessageKind.ALERT,
        now,
        told,
        left,
        summary ? "While it was quiet: " + title : title,
        AlertWords.text(told, left, settings.zone()));
  }

  private Parcel parcel(Channel channel, AlertMessage message) {
    return new Parcel(
        numbers.next(), message.id(), channel.name(), message.at(), 0, channel.body(message));
  }

  private void send(Lane lane, Parcel parcel) throws InterruptedException {
    journal.awaitKept(KEPT_WITHIN); // where it cannot be kept, telling it is all the more urgent
    Delivery delivery = lane.channel().deliver(parcel.messageId(), parcel.body());
    lock.lock();
    try {
      Moment now = time.moment();
      switch (delivery) {
        case Delivery.Delivered taken -> {
          lane.delivered(parcel, now);
          journal.keep(List.of(new Gone(parcel.id())));
        }
        case Delivery.Refused refused ->
            journal.keep(
                List.of(
                    lane.refused(parcel, refused, now)
                        .<Entry>map(again -> again)
                        .orElse(new Gone(parcel.id()))));
        case Delivery.Failed failed -> lane.failed(failed, now);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a test message led to.
   *
   * @param channel the channel
   * @param delivery what it led to
   * @param took how long that took
   */
  public record Tested(String channel, Delivery delivery, Duration took) {}

  /**
   * Tells how long to wait until the next test; a test that may be made counts as made.
   *
   * @return how long, or empty when one may be made now
   */
  public Optional<Duration> testPause() {
    lock.lock();
    try {
      Duration pause = TEST_COOLDOWN.minusNanos(time.nanos() - lastTest);
      if (pause.isPositive()) {
        return Optional.of(pause);
      }
      lastTest = time.nanos();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends a test message through every channel at once, also in quiet hours, and waits for what
   * comes back. Where it is taken, what waits for that channel is sent next.
   *
   * @return what came back; empty when there is no channel
   * @throws InterruptedException when the caller gives up
   */
  public List<Tested> test() throws InterruptedException {
    AlertMessage message =
        new AlertMessage(
            UUID.randomUUID().toString(),
            MessageKind.TEST,
            time.instant(),
            List.of(),
            0,
            "Test",
            "Somebody wants to see that alerts of MHS arrive. They do.");
    List<Tested> tested = new ArrayList<>();
    for (Lane lane : lanes) {
      long start = time.nanos();
      Delivery delivery = lane.channel().deliver(message.id(), lane.channel().body(message));
      tested.add(
          new Tested(lane.channel().name(), delivery, Duration.ofNanos(time.nanos() - start)));
      if (delivery instanceof Delivery.Delivered) {
        works(lane);
      }
    }
    return tested;
  }

  private void works(Lane lane) {
    lock.lock();
    try {
      lane.works(time.moment());
      wake();
    } finally {
      lock.unlock();
    }
  }

  /**
   * How everything fares.
   *
   * @param channels the channels
   * @param held how many notices were not put into a message yet
   * @param quietUntil until when it is quiet, or null when it is not
   */
  public record Status(List<ChannelStatus> channels, int held, @Nullable Instant quietUntil) {}

  /**
   * Tells how everything fares.
   *
   * @return the state now; does no I/O
   */
  public Status status() {
    lock.lock();
    try {
      return new Status(
          lanes.stream().map(Lane::status).toList(),
          notices.size() + left,
          settings.quietUntil(time.instant()).orElse(null));
    } finally {
      lock.unlock();
    }
  }

  private void await(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = atMost.toNanos();
      while (!closed && !woken && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }

  /** By lock: there is something new to look at. */
  private void wake() {
    woken = true;
    changed.signalAll();
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Stops sending; what was not delivered is kept. A second call does nothing. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    sender.interrupt();
    try {
      if (sender.isAlive() && !sender.join(CLOSING)) {
        LOG.log(System.Logger.Level.WARNING, "alerts: a message under way does not end");
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
