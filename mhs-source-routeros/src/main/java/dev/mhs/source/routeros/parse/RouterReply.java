package dev.mhs.source.routeros.parse;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.FailureKind;
import java.util.List;

/**
 * What a router answered to one request.
 *
 * @param <T> what its rows were read as
 */
public sealed interface RouterReply<T> {
  /**
   * It answered.
   *
   * @param <T> what the rows were read as
   * @param items the rows in the router's order; a single object is one row; may be empty
   */
  record Answer<T>(List<T> items) implements RouterReply<T> {
    /** Copies the rows. */
    public Answer {
      items = List.copyOf(items);
    }
  }

  /**
   * What was asked for does not exist there: the menu on this version or model, or the item.
   *
   * @param <T> what the rows would have been read as
   * @param detail the router's own words
   */
  record Absent<T>(String detail) implements RouterReply<T> {
    /** Checks that there are words. */
    public Absent {
      requireNonNull(detail, "detail is null");
    }
  }

  /**
   * It did not answer, or not so.
   *
   * @param <T> what the rows would have been read as
   * @param kind what kind of failure it was
   * @param detail what happened, in the router's own words where it gave any; never a secret
   */
  record Failed<T>(FailureKind kind, String detail) implements RouterReply<T> {
    /** Checks that nothing is missing. */
    public Failed {
      requireNonNull(kind, "kind is null");
      requireNonNull(detail, "detail is null");
    }
  }

  /**
   * Returns this reply for another type, which a reply without rows fits.
   *
   * @param <U> the other type
   * @return the same words
   * @throws IllegalStateException when it is an answer
   */
  default <U> RouterReply<U> withoutRows() {
    return switch (this) {
      case Answer<T> answer -> throw new IllegalStateException("it has rows");
      case Absent<T>(String detail) -> new Absent<>(detail);
      case Failed<T>(FailureKind kind, String detail) -> new Failed<>(kind, detail);
    };
  }
}
