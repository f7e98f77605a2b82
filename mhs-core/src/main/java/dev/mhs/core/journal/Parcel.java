package dev.mhs.core.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A message for one channel that was not delivered yet.
 *
 * @param number grows from one parcel to the next: the order of sending
 * @param messageId the id of the message, the same each time that it is sent
 * @param channel the name of the channel
 * @param madeAt when it was made
 * @param refusals how many times the peer would not take it
 * @param body what is sent
 */
public record Parcel(
    long number, String messageId, String channel, Instant madeAt, int refusals, String body)
    implements Entry {
  /** Checks that nothing is missing. */
  public Parcel {
    requireNonNull(messageId, "messageId is null");
    requireNonNull(channel, "channel is null");
    requireNonNull(madeAt, "madeAt is null");
    requireNonNull(body, "body is null");
  }

  @Override
  public Id id() {
    return new Id(Kind.PARCEL, Long.toString(number));
  }

  /**
   * Returns it after one more refusal.
   *
   * @return the parcel
   */
  public Parcel refused() {
    return new Parcel(number, messageId, channel, madeAt, refusals + 1, body);
  }
}
