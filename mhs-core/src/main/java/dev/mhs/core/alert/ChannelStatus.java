package dev.mhs.core.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a channel fares.
 *
 * @param name its name
 * @param target where it leads
 * @param state how it fares
 * @param since when it came into this state
 * @param lastSent when it last took a message, or null
 * @param problem what is wrong, or null
 * @param waiting how many messages wait
 * @param sent how many it took since the start
 * @param lost how many were given up since the start
 */
public record ChannelStatus(
    String name,
    String target,
    State state,
    Instant since,
    @Nullable Instant lastSent,
    @Nullable String problem,
    int waiting,
    long sent,
    long lost) {
  /** How a channel fares. */
  public enum State {
    /** Nothing was sent yet. */
    UNTRIED,
    /** The last message was taken. */
    UP,
    /** The last message was not taken; it will be sent again. */
    FAILING,
    /** The peer will not take messages; a person must mend something. */
    REFUSING
  }
}
