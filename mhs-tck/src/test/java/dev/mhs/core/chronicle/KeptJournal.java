package dev.mhs.core.chronicle;

import dev.mhs.core.journal.Entry;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventPage;
import dev.mhs.core.journal.EventQuery;
import dev.mhs.core.journal.Gone;
import dev.mhs.core.journal.Journal;
import dev.mhs.core.journal.Kept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A journal that outlives what uses it, as a file does. */
final class KeptJournal implements Journal {
  private final Map<Entry.Id, Entry> entries = new LinkedHashMap<>();
  final List<Event> events = new ArrayList<>();

  @Override
  public synchronized void keep(List<? extends Entry> news) {
    for (Entry entry : news) {
      switch (entry) {
        case Event event -> events.add(event);
        case Gone gone -> entries.remove(gone.id());
        default -> entries.put(entry.id(), entry);
      }
    }
  }

  @Override
  public synchronized void whenRead(Consumer<Kept> reader) {
    reader.accept(kept());
  }

  synchronized Kept kept() {
    long last = events.stream().mapToLong(Event::number).max().orElse(0);
    return new Kept(List.copyOf(entries.values()), last);
  }

  @Override
  public synchronized EventPage events(EventQuery query) {
    List<Event> found = events.reversed().stream().filter(query::matches).toList();
    return new EventPage(found, false, null);
  }

  @Override
  public @Nullable String awaitKept(Duration atMost) {
    return null;
  }
}
