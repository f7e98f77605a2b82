package dev.mhs.core.alert;

import static java.util.Objects.requireNonNull;

import dev.mhs.core.journal.Notice;
import java.time.Instant;
import java.util.List;

/**
 * What is sent to a person.
 *
 * @param id the same each time that it is sent, unique otherwise
 * @param kind why it is sent
 * @param at when it was made
 * @param notices what it tells, oldest first
 * @param left how many further notices found no room in it
 * @param title it in a few words
 * @param text it in a sentence for each notice, one a line
 */
public record AlertMessage(
    String id,
    MessageKind kind,
    Instant at,
    List<Notice> notices,
    int left,
    String title,
    String text) {
  /** Why a message is sent. */
  public enum MessageKind {
    /** Something has just happened. */
    ALERT,
    /** Some of it happened while it was quiet. */
    SUMMARY,
    /** Somebody wants to see that it works. */
    TEST
  }

  /** Copies the list and checks that nothing is missing. */
  public AlertMessage {
    requireNonNull(id, "id is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(at, "at is null");
    requireNonNull(title, "title is null");
    requireNonNull(text, "text is null");
    notices = List.copyOf(notices);
  }
}
