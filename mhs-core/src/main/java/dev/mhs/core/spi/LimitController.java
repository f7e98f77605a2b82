package dev.mhs.core.spi;

import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.Poll;
import java.time.Duration;
import java.util.List;

/**
 * Slows devices down. The box holds the truth: what is in force is what was read back from it, and
 * it stays in force while MHS is off.
 *
 * @since 0.1
 */
public interface LimitController {
  /**
   * Reads every limit that is in force for a device, those of others included. It also keeps what
   * people asked for as they asked for it: a limit follows its device to a new address, and a half
   * of an earlier change that was left behind is finished or taken back. Without such a cause it
   * writes nothing.
   *
   * @return the limits, a failure, or that it can never limit
   * @throws InterruptedException when the deadline has passed or MHS ends
   */
  Poll<List<LimitInForce>> limits() throws InterruptedException;

  /**
   * Sets, changes or (when it is {@linkplain Limit#isUnlimited() unlimited}) removes the limit of a
   * device, and reads it back. Only what MHS made itself is ever changed. Removing what is not
   * there is {@link LimitOutcome.Applied}. What cannot be done whole is taken back, or told as
   * {@link LimitOutcome.Incomplete}.
   *
   * @param limit what is wanted
   * @return what became of it
   * @throws InterruptedException when the deadline has passed or MHS ends
   */
  LimitOutcome apply(Limit limit) throws InterruptedException;

  /**
   * Returns how often to read the limits.
   *
   * @return the cadence; by default 10 s while watched and 30 s otherwise
   */
  default Cadence cadence() {
    return new Cadence(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10));
  }
}
