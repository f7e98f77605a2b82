package dev.mhs.demo;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Session;
import dev.mhs.core.journal.Acquaintance;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventKind;
import dev.mhs.core.journal.Numbers;
import dev.mhs.core.journal.Portrait;
import dev.mhs.core.session.SessionChange;
import dev.mhs.server.history.SqliteHistory;
import dev.mhs.simulator.world.Member;
import dev.mhs.simulator.world.Resident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who came and went yesterday, as sessions and as events. One thread. */
final class PastVisits {
  private final SqliteHistory store;
  private final Instant began;
  private final Map<Member, Session> open = new LinkedHashMap<>();
  private final Map<Member, Acquaintance> met = new LinkedHashMap<>();
  private long lastNumber;

  PastVisits(SqliteHistory store, Instant began) {
    this.store = store;
    this.began = began;
  }

  /** Notes who is there now, and who no longer is. */
  void look(List<Resident> residents, Instant now) {
    for (Resident resident : residents) {
      Member member = resident.member();
      Session session = open.get(member);
      if (resident.isHome() && session == null) {
        comes(member, now);
      } else if (!resident.isHome() && session != null) {
        leaves(member, session.closed(), now);
      } else if (session != null) {
        open.put(member, session.until(now));
      }
    }
  }

  /** Leaves to the present who is still there. */
  void end() {
    open.values().forEach(session -> store.record(new SessionChange.Opened(session)));
    store.journal().keep(new ArrayList<>(met.values()));
  }

  private void comes(Member member, Instant now) {
    DeviceKey key = Past.key(member);
    Acquaintance before = met.get(member);
    open.put(member, new Session(key, now, now, true));
    if (before == null) {
      met.put(member, Acquaintance.made(key, began, true, member.address()));
    } else {
      met.put(member, before.there(now));
      tell(EventKind.JOINED, member, now);
    }
  }

  private void leaves(Member member, Session session, Instant now) {
    open.remove(member);
    store.record(new SessionChange.Closed(session));
    met.computeIfPresent(member, (one, known) -> known.gone(now, Acquaintance.Absence.EXCUSED));
    tell(EventKind.LEFT, member, now);
  }

  private void tell(EventKind kind, Member member, Instant at) {
    @Nullable String name = member.name().isEmpty() ? null : member.name();
    Portrait portrait = new Portrait(Past.key(member), null, name, null, member.address());
    lastNumber = Math.max(lastNumber + 1, Numbers.first(at));
    store.journal().keep(List.of(Event.of(at, kind, portrait).numbered(lastNumber)));
  }
}
