package dev.mhs.api;

/**
 * How many bits a cumulative byte counter has, and so whether it may wrap.
 *
 * @since 0.1
 */
public enum CounterWidth {
  /** Wraps after 4 GiB, such as {@code ifInOctets} (RFC 2863 §3.1.6). */
  BITS_32,
  /** Does not wrap in practice; a smaller value is a reset. */
  BITS_64
}
