package dev.mhs.server.history;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Session;
import dev.mhs.core.session.SessionChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The sessions that wait to be written, and those that go on. Any thread. */
final class SessionBacklog {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Id, Optional<Session>> waiting = new LinkedHashMap<>();
  private final Map<Id, Session> goingOn = new LinkedHashMap<>();

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
        goingOn.remove(Id.of(corrected.before()));
      }
      waiting.put(Id.of(change.session()), Optional.of(change.session()));
      goesOn(change.session());
    } finally {
      lock.unlock();
    }
  }

  /** Notes sessions that the file holds. */
  void found(Collection<Session> sessions) {
    lock.lock();
    try {
      sessions.forEach(this::goesOn);
    } finally {
      lock.unlock();
    }
  }

  private void goesOn(Session session) {
    if (session.open()) {
      goingOn.put(Id.of(session), session);
    } else {
      goingOn.remove(Id.of(session));
    }
  }

  /** Another file takes the place of the one that was written: it must hold those that go on. */
  void begunAnew() {
    lock.lock();
    try {
      goingOn.forEach((id, session) -> waiting.putIfAbsent(id, Optional.of(session)));
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
