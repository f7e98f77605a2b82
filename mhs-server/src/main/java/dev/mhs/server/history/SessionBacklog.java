package dev.mhs.server.history;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Session;
import dev.mhs.core.session.SessionChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The sessions that wait to be written. Any thread. */
final class SessionBacklog {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Id, Optional<Session>> waiting = new LinkedHashMap<>();

  /** What tells one session from another in the file. */
  record Id(DeviceKey device, Instant began) {
    static Id of(Session session) {
      return new Id(session.device(), session.firstSeen());
    }
  }

  void add(SessionChange change) {
    lock.lock();
    try {
      if (change instanceof SessionChange.Corrected corrected) {
        waiting.put(Id.of(corrected.before()), Optional.empty());
      }
      waiting.put(Id.of(change.session()), Optional.of(change.session()));
    } finally {
      lock.unlock();
    }
  }

  /** What is to be written: a session, or empty where it is to be removed. */
  Map<Id, Optional<Session>> waiting() {
    lock.lock();
    try {
      return new LinkedHashMap<>(waiting);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is safe in the file, unless it has changed again. */
  void written(Map<Id, Optional<Session>> settled) {
    lock.lock();
    try {
      settled.forEach(waiting::remove);
    } finally {
      lock.unlock();
    }
  }

  /** Sessions from the file as they will be once {@code waiting} is written. */
  static List<Session> overlaid(List<Session> read, Map<Id, Optional<Session>> waiting) {
    Map<Id, Session> sessions = new LinkedHashMap<>();
    read.forEach(session -> sessions.put(Id.of(session), session));
    waiting.forEach(
        (id, session) ->
            session.ifPresentOrElse(one -> sessions.put(id, one), () -> sessions.remove(id)));
    return new ArrayList<>(sessions.values());
  }
}
