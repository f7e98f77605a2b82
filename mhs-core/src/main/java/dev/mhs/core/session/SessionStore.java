package dev.mhs.core.session;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Session;
import java.time.Instant;
import java.util.List;

/** Keeps sessions across restarts. Any thread may call; only reading may block. */
public interface SessionStore {
  /**
   * Takes what became of a session, to be written with the next tick. Never blocks.
   *
   * @param change what happened
   */
  void record(SessionChange change);

  /**
   * Returns the sessions of a device.
   *
   * @param device whose
   * @param since those that were over before are left out
   * @return its sessions, newest first, open ones as of the last tick; or why they cannot be read
   */
  FoundSessions sessions(DeviceKey device, Instant since);

  /**
   * Returns visits in passing.
   *
   * @param since those that were over before are left out
   * @return closed sessions of less than five minutes, newest first; or why they cannot be read
   */
  FoundSessions transients(Instant since);

  /**
   * Returns what an earlier run left behind. Waits until the store is open.
   *
   * @param since visits that were over before are left out
   * @return all open sessions, and visits in passing; empty when they cannot be read
   */
  List<Session> inherited(Instant since);
}
