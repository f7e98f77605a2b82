package dev.mhs.server;

import dev.mhs.core.alert.AlertDesk;
import dev.mhs.core.alert.AlertSettings;
import dev.mhs.core.alert.Channel;
import dev.mhs.core.chronicle.Chronicle;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.journal.Journal;
import dev.mhs.core.journal.Kept;
import dev.mhs.core.journal.MemoryJournal;
import dev.mhs.core.journal.Numbers;
import dev.mhs.core.people.Watches;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.alert.NtfyChannel;
import dev.mhs.server.alert.WebhookChannel;
import dev.mhs.server.config.Settings;
import dev.mhs.server.history.SqliteHistory;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens is noted, and what matters is told: everything that does so, wired.
 *
 * @param settings what is told, and when
 * @param journal keeps it
 * @param watches which devices people watch
 * @param desk tells it
 * @param chronicle notes it
 */
record Telling(
    AlertSettings settings, Journal journal, Watches watches, AlertDesk desk, Chronicle chronicle)
    implements AutoCloseable {
  /** Whom MHS says it is. */
  record Self(String version, String hostname) {}

  /**
   * Wires it.
   *
   * @param wanted the configuration
   * @param store where it is kept, or null when nothing is
   * @param engine what happens there
   * @param self whom MHS says it is
   * @param time the clocks
   */
  static Telling of(
      Settings.Alerts wanted,
      @Nullable SqliteHistory store,
      Engine engine,
      Self self,
      TimeSource time) {
    Journal journal = journal(wanted, store);
    Numbers numbers = new Numbers(time);
    List<Channel> channels = channels(wanted, self, time);
    AlertSettings settings =
        new AlertSettings(
            !channels.isEmpty(),
            wanted.newDevices(),
            wanted.returns(),
            wanted.grace(),
            wanted.learning(),
            wanted.quiet(),
            ZoneId.systemDefault());
    AlertDesk desk = new AlertDesk(settings, channels, journal, numbers, time);
    Watches watches = new Watches(wanted.watchAll());
    Chronicle chronicle =
        new Chronicle(
            new Chronicle.Parts(journal, numbers, desk, settings, engine.aliases(), watches, time));
    return new Telling(settings, journal, watches, desk, chronicle);
  }

  private static Journal journal(Settings.Alerts wanted, @Nullable SqliteHistory store) {
    if (store == null) {
      return new MemoryJournal("nothing outlives a restart, since history.enabled is false.");
    }
    store.journal().keepEventsFor(wanted.keepEvents());
    return store.journal();
  }

  private static List<Channel> channels(Settings.Alerts wanted, Self self, TimeSource time) {
    List<Channel> channels = new ArrayList<>();
    if (wanted.webhook() != null) {
      channels.add(new WebhookChannel(wanted.webhook(), self.version(), self.hostname(), time));
    }
    if (wanted.ntfy() != null) {
      channels.add(new NtfyChannel(wanted.ntfy(), self.version(), time));
    }
    return channels;
  }

  /** Begins to follow what happens; before the engine starts. */
  void follow(Engine engine) {
    journal.whenRead((Kept kept) -> chronicle.read(kept));
    engine.commands().listen(chronicle);
    engine.onSessionChange(chronicle);
    engine.subscribe(chronicle::accept);
    desk.start();
  }

  @Override
  public void close() {
    desk.close();
  }
}
