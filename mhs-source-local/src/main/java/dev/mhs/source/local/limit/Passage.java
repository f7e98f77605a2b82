package dev.mhs.source.local.limit;

/**
 * What a queue did with what came to it, in bytes of frames. The rest it threw away.
 *
 * @param passedBytes what it has let pass since it was made
 * @param waitingBytes what stands in it now
 */
public record Passage(long passedBytes, long waitingBytes) {
  /** Behind a VLAN the same packet is met again at its parent. */
  static Passage met(Passage here, Passage again) {
    return new Passage(
        Math.max(here.passedBytes, again.passedBytes),
        Math.max(here.waitingBytes, again.waitingBytes));
  }
}
