package dev.mhs.core.session;

import dev.mhs.api.Session;

/** What became of a session from one look to the next. */
public sealed interface SessionChange {
  /**
   * Returns the session as it is now.
   *
   * @return the session
   */
  Session session();

  /**
   * A device came, or came back. A session that goes on after a restart of MHS is not opened anew.
   *
   * @param session the open session
   */
  record Opened(Session session) implements SessionChange {}

  /**
   * A device left: nothing speaks for its being there any more.
   *
   * @param session the closed session; it ended when the device was last seen
   */
  record Closed(Session session) implements SessionChange {}

  /**
   * An open session is told otherwise, while the device neither came nor left: its MAC address
   * became known, or the wall clock was set back.
   *
   * @param before the session as it was told until now
   * @param session the session as it is told from now on
   */
  record Corrected(Session before, Session session) implements SessionChange {}
}
