package dev.mhs.core.journal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person is to be told, not yet put into a message.
 *
 * @param number grows from one notice to the next
 * @param at when it was noticed
 * @param kind what happened
 * @param device to which device
 * @param away for how long the device was away when this was noticed, or null
 */
public record Notice(
    long number, Instant at, NoticeKind kind, Portrait device, @Nullable Duration away)
    implements Entry {
  /** What a person is told. */
  public enum NoticeKind {
    /** A device that was never met before. */
    NEW_DEVICE,
    /** A watched device has gone. */
    DEVICE_GONE,
    /** A watched device that had gone is back. */
    DEVICE_BACK
  }

  /** Checks that nothing needed is missing. */
  public Notice {
    requireNonNull(at, "at is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(device, "device is null");
  }

  @Override
  public Id id() {
    return new Id(Kind.NOTICE, Long.toString(number));
  }
}
