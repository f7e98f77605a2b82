package dev.mhs.server.live;

import io.helidon.common.uri.UriQuery;
import java.util.NoSuchElementException;

/**
 * What a client wants to get.
 *
 * @param deltas whether only what changed, after a first whole update
 * @param zipped whether every message as gzip, in binary frames
 */
public record LiveMode(boolean deltas, boolean zipped) {
  /**
   * Reads what the address asks for.
   *
   * @param query of the address
   * @throws IllegalArgumentException with a sentence, when it asks for what there is not
   */
  public static LiveMode of(UriQuery query) {
    return new LiveMode(isGiven(query, "mode", "delta"), isGiven(query, "compress", "gzip"));
  }

  private static boolean isGiven(UriQuery query, String name, String only) {
    if (!query.contains(name)) {
      return false;
    }
    if (!only.equals(value(query, name))) {
      throw new IllegalArgumentException(name + " can be " + only + " and nothing else");
    }
    return true;
  }

  private static String value(UriQuery query, String name) {
    try {
      return query.get(name);
    } catch (NoSuchElementException | IllegalArgumentException unreadable) {
      return "";
    }
  }
}
