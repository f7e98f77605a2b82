package dev.mhs.core.session;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.Session;
import java.util.List;

/** What the store answers when it is asked for sessions. */
public sealed interface FoundSessions {
  /**
   * The answer.
   *
   * @param sessions the sessions, newest first
   */
  record Found(List<Session> sessions) implements FoundSessions {
    /** Copies the sessions. */
    public Found {
      sessions = List.copyOf(sessions);
    }
  }

  /**
   * They cannot be read now.
   *
   * @param sentence why, for people
   */
  record Unreadable(String sentence) implements FoundSessions {
    /** Checks that there is a sentence. */
    public Unreadable {
      requireNonNull(sentence, "sentence is null");
    }
  }
}
