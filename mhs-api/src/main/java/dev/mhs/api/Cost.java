package dev.mhs.api;

/**
 * What asking a box has cost it so far.
 *
 * @param requests how many requests were sent since the source was opened
 * @param bytes how many bytes of answers were received
 * @since 0.1
 */
public record Cost(long requests, long bytes) {
  /** A source that costs nobody else anything. */
  public static final Cost NONE = new Cost(0, 0);
}
