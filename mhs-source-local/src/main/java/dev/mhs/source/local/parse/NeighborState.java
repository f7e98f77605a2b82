package dev.mhs.source.local.parse;

import java.util.Arrays;
import java.util.Optional;

/**
 * What the kernel's neighbor cache says about an entry (RFC 4861 §7.3.2; Linux
 * include/uapi/linux/neighbour.h, NUD_*), and the two words that are all that /proc/net/arp tells.
 */
public enum NeighborState {
  /** It was asked for the first time, or anew after a failure, and has not answered yet. */
  INCOMPLETE,
  /** It was confirmed within the reachable time: 15 to 45 s by default. */
  REACHABLE,
  /** It was confirmed longer ago, or only made itself known. */
  STALE,
  /** It was stale when something was sent to it; it will be asked within 5 s. */
  DELAY,
  /** It is being asked; after three questions without an answer it fails. */
  PROBE,
  /** It was asked and did not answer. */
  FAILED,
  /** The interface needs no resolution; the entry stands for no answer of anybody. */
  NOARP,
  /** Somebody typed it in. */
  PERMANENT,
  /** Just made. */
  NONE,
  /** /proc/net/arp, flag 0x2: one of REACHABLE, STALE, DELAY and PROBE. */
  COMPLETE,
  /** /proc/net/arp, flags 0x0: INCOMPLETE or FAILED. */
  UNRESOLVED;

  /**
   * Returns the state that {@code ip neigh} calls by a word.
   *
   * @param word the word
   * @return the state, or empty when it is no such word
   */
  static Optional<NeighborState> ofWord(String word) {
    return Arrays.stream(values())
        .filter(state -> state.compareTo(COMPLETE) < 0 && state.name().equals(word))
        .findFirst();
  }
}
