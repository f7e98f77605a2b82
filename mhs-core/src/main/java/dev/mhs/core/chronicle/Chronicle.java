package dev.mhs.core.chronicle;

import dev.mhs.api.Capability;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.Limit;
import dev.mhs.api.Moment;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.core.alert.AlertDesk;
import dev.mhs.core.alert.AlertSettings;
import dev.mhs.core.alert.Departures;
import dev.mhs.core.engine.CommandListener;
import dev.mhs.core.event.BoxChanges;
import dev.mhs.core.event.DeviceChanges;
import dev.mhs.core.event.LimitChanges;
import dev.mhs.core.event.SourceChanges;
import dev.mhs.core.journal.Acquaintance;
import dev.mhs.core.journal.Acquaintance.Absence;
import dev.mhs.core.journal.Alias;
import dev.mhs.core.journal.Baseline;
import dev.mhs.core.journal.Entry;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventKind;
import dev.mhs.core.journal.Gone;
import dev.mhs.core.journal.Journal;
import dev.mhs.core.journal.Kept;
import dev.mhs.core.journal.Notice;
import dev.mhs.core.journal.Notice.NoticeKind;
import dev.mhs.core.journal.Numbers;
import dev.mhs.core.journal.Portrait;
import dev.mhs.core.journal.Watch;
import dev.mhs.core.people.Aliases;
import dev.mhs.core.people.Watches;
import dev.mhs.core.session.SessionChange;
import dev.mhs.core.session.SessionListener;
import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hears every snapshot and every command, and has what happened kept and told. Any thread; it never
 * blocks for long, and does no I/O.
 */
public final class Chronicle implements CommandListener, SessionListener {
  /** So many devices are remembered; a flood of made-up addresses cannot grow without end. */
  static final int MOST_MET = 8192;

  /** While the process stood still, nobody looked. */
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(3);

  /**
   * What it works with.
   *
   * @param journal keeps what happened
   * @param numbers numbers it
   * @param desk tells what matters
   * @param settings what matters
   * @param aliases the names that people gave to devices
   * @param watches the devices that people watch
   * @param time the clocks
   */
  public record Parts(
      Journal journal,
      Numbers numbers,
      AlertDesk desk,
      AlertSettings settings,
      Aliases aliases,
      Watches watches,
      TimeSource time) {}

  private final Parts with;
  private final ReentrantLock lock = new ReentrantLock();

  // all by lock
  private final Map<DeviceKey, Acquaintance> met = new HashMap<>();
  private final Map<SourceId, Instant> baselines = new HashMap<>();
  private final Commanded commanded = new Commanded();
  private final List<SessionChange> sessions = new ArrayList<>();
  private SourceChanges sources = SourceChanges.NONE;
  private BoxChanges boxes = BoxChanges.NONE;
  private LimitChanges limits = LimitChanges.NONE;
  private Departures departures = Departures.NONE;
  private @Nullable Moment last;
  private @Nullable Snapshot latest;

  /**
   * Makes a chronicle that knows nobody yet.
   *
   * @param with what it works with
   */
  public Chronicle(Parts with) {
    this.with = with;
  }

  /**
   * Takes over what earlier runs have left.
   *
   * @param kept all of it
   */
  public void read(Kept kept) {
    with.numbers().continueAfter(kept.lastNumber());
    with.aliases().read(kept.of(Alias.class));
    with.watches().read(kept.of(Watch.class));
    lock.lock();
    try {
      kept.of(Acquaintance.class).forEach(one -> met.merge(one.device(), one, this::metBefore));
      kept.of(Baseline.class).forEach(one -> baselines.put(one.source(), one.since()));
    } finally {
      lock.unlock();
    }
    with.desk().read(kept);
  }

  /** Whether it is there, this run knows better; for how long it is known, the earlier ones. */
  private Acquaintance metBefore(Acquaintance now, Acquaintance before) {
    return new Acquaintance(
        now.device(),
        before.metAt(),
        now.isThere(),
        now.changedAt(),
        now.address(),
        now.absence(),
        before.lastTold(),
        before.timesTold());
  }

  @Override
  public void changed(SessionChange change, Snapshot snapshot) {
    lock.lock();
    try {
      sessions.add(change);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Follows one more snapshot, after what it told about sessions.
   *
   * @param snapshot the newest
   */
  public void accept(Snapshot snapshot) {
    lock.lock();
    try {
      Moment now = with.time().moment();
      Duration elapsed = last == null ? Duration.ZERO : shorter(now.since(last), LONGEST_LOOK);
      last = now;
      Round round = new Round(snapshot, elapsed);
      round.follow();
      latest = snapshot;
    } finally {
      lock.unlock();
    }
  }

  private final class Round {
    private final Snapshot snapshot;
    private final Duration elapsed;
    private final List<Event> events = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    Round(Snapshot snapshot, Duration elapsed) {
      this.snapshot = snapshot;
      this.elapsed = elapsed;
    }

    void follow() {
      followSources();
      followDevices();
      followLimits();
      tellDepartures();
      dropSurplus();
      events.forEach(event -> entries.add(event.numbered(with.numbers().next())));
      if (with.desk().hasChannels()) { // or nobody would ever take them away
        entries.addAll(notices);
      }
      if (!entries.isEmpty()) {
        with.journal().keep(entries);
        with.desk().take(notices);
      }
    }

    private void followSources() {
      SourceChanges.Result changes = sources.next(snapshot, elapsed);
      sources = changes.next();
      events.addAll(changes.events());
      BoxChanges.Result restarts = boxes.next(snapshot);
      boxes = restarts.next();
      events.addAll(restarts.events());
    }

    private void followDevices() {
      DeviceChanges.Result changes =
          DeviceChanges.between(met, snapshot, List.copyOf(sessions), isLearning());
      sessions.clear();
      changes.renamed().forEach(this::rename);
      changes.met().forEach(this::note);
      events.addAll(changes.events());
      if (with.settings().isTold() && with.settings().newDevices()) {
        changes.events().stream()
            .filter(event -> event.kind() == EventKind.NEW_DEVICE)
            .forEach(event -> tell(NoticeKind.NEW_DEVICE, event.device(), null));
      }
    }

    private void note(Acquaintance now) {
      Acquaintance before = met.get(now.device());
      Acquaintance after = now;
      if (now.absence() == Absence.OPEN
          && (before == null || before.absence() != Absence.OPEN)
          && !(with.settings().isTold() && with.watches().isWatched(now.device()))) {
        after = now.excused();
      }
      if (before != null
          && before.absence() == Absence.TOLD
          && now.absence() == Absence.NONE
          && with.settings().isTold()
          && with.settings().returns()) {
        Duration away = Duration.between(before.changedAt(), snapshot.at());
        tell(NoticeKind.DEVICE_BACK, portrait(now.device()), away.isNegative() ? null : away);
      }
      met.put(after.device(), after);
      entries.add(after);
    }

    private void rename(DeviceKey before, DeviceKey now) {
      Acquaintance old = met.remove(before);
      if (old != null) {
        met.put(now, old.of(now));
        entries.add(new Gone(Acquaintance.idOf(before)));
      }
      Alias alias = with.aliases().rename(before, now);
      if (alias != null) {
        entries.add(new Gone(Alias.idOf(before)));
        entries.add(alias);
      }
      Watch watch = with.watches().rename(before, now);
      if (watch != null) {
        entries.add(new Gone(Watch.idOf(before)));
        entries.add(watch);
      }
    }

    /** Whom a source names soon after it was first asked was there before. */
    private boolean isLearning() {
      SourceId basis = snapshot.source(Capability.DEVICES);
      if (basis == null) {
        return false;
      }
      Instant since = baselines.get(basis);
      if (since == null) {
        since = snapshot.at();
        baselines.put(basis, since);
        entries.add(new Baseline(basis, since));
        return true; // its very first answer, however short it learns
      }
      return snapshot.at().isBefore(since.plus(with.settings().learning()));
    }

    private void followLimits() {
      LimitChanges.Result changes =
          limits.next(
              snapshot,
              (device, download, upload) ->
                  commanded.by(device, download, upload, with.time().nanos()));
      limits = changes.next();
      events.addAll(changes.events());
    }

    private void tellDepartures() {
      Departures.Result result = departures.next(met, snapshot, elapsed, with.settings().grace());
      departures = result.next();
      for (Departures.Due due : result.due()) {
        met.put(due.told().device(), due.told());
        entries.add(due.told());
        tell(NoticeKind.DEVICE_GONE, Portrait.of(due.device()), due.away());
      }
    }

    private void tell(NoticeKind kind, @Nullable Portrait device, @Nullable Duration away) {
      if (device != null) {
        notices.add(new Notice(with.numbers().next(), snapshot.at(), kind, device, away));
      }
    }

    private Portrait portrait(DeviceKey key) {
      return portraitIn(snapshot, key);
    }

    private void dropSurplus() {
      if (met.size() <= MOST_MET) {
        return;
      }
      Set<DeviceKey> present = new HashSet<>();
      snapshot.devices().forEach(state -> present.add(state.device().key()));
      met.values().stream()
          .filter(one -> !present.contains(one.device()))
          .sorted(Comparator.comparing(Acquaintance::changedAt))
          .limit(met.size() - MOST_MET)
          .toList()
          .forEach(
              one -> {
                met.remove(one.device());
                entries.add(new Gone(one.id()));
              });
    }
  }

  private static Portrait portraitIn(@Nullable Snapshot snapshot, DeviceKey key) {
    if (snapshot != null) {
      for (DeviceState state : snapshot.devices()) {
        if (state.device().key().equals(key)) {
          return Portrait.of(state.device());
        }
      }
    }
    return new Portrait(key, null, null, null, null);
  }

  @Override
  public void limitWanted(Limit limit, String by) {
    lock.lock();
    try {
      commanded.add(limit, by, with.time().nanos());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void aliasChanged(@Nullable Alias before, @Nullable Alias after, String by) {
    lock.lock();
    try {
      List<Entry> entries = new ArrayList<>();
      String was = before == null ? null : before.name();
      String is = after == null ? null : after.name();
      if (after != null) {
        entries.add(after);
      } else if (before != null) {
        entries.add(new Gone(before.id()));
      }
      Alias either = after == null ? before : after;
      if (either != null && (was == null || !was.equals(is))) {
        entries.add(
            Event.of(
                    with.time().instant(),
                    EventKind.ALIAS_CHANGED,
                    portraitIn(latest, either.device()))
                .changed(was, is, by)
                .numbered(with.numbers().next()));
      }
      with.journal().keep(entries);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Decides whether somebody wants to be told when a device goes. A device that is gone already is
   * told when it goes the next time.
   *
   * @param device the device, by the key that the snapshot gives it
   * @param wanted whether they want it
   * @param by who decides, in words for people
   * @return whether there was room for one more decision
   */
  public boolean watch(DeviceKey device, boolean wanted, String by) {
    lock.lock();
    try {
      Watch watch = new Watch(device, wanted, with.time().instant(), by);
      if (!with.watches().decide(watch)) {
        return false;
      }
      List<Entry> entries = new ArrayList<>(List.of(watch));
      Acquaintance one = met.get(device);
      if (!wanted && one != null && one.absence() == Absence.OPEN) {
        met.put(device, one.excused());
        entries.add(one.excused());
      }
      with.journal().keep(entries);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells until when whoever the present source names was there before.
   *
   * @return the end of it, or null when new devices are told already, or nobody looks
   */
  public @Nullable Instant learningUntil() {
    lock.lock();
    try {
      SourceId basis = latest == null ? null : latest.source(Capability.DEVICES);
      Instant since = basis == null ? null : baselines.get(basis);
      Instant end = since == null ? null : since.plus(with.settings().learning());
      return end != null && latest != null && latest.at().isBefore(end) ? end : null;
    } finally {
      lock.unlock();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
