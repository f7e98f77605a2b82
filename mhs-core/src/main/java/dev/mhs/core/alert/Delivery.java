package dev.mhs.core.alert;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What sending a message led to. */
public sealed interface Delivery {
  /**
   * It was taken.
   *
   * @param words what the peer said, for people
   */
  record Delivered(String words) implements Delivery {}

  /**
   * The peer will not take it: sending it again soon is of little use, a person must mend
   * something.
   *
   * @param words what the peer said, for people
   */
  record Refused(String words) implements Delivery {}

  /**
   * It did not arrive, or nobody knows whether it did.
   *
   * @param words what happened, for people
   * @param retryAfter when the peer wants to be asked again, or null
   */
  record Failed(String words, @Nullable Duration retryAfter) implements Delivery {}

  /**
   * Returns what happened.
   *
   * @return words for people
   */
  String words();
}
