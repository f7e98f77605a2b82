package dev.mhs.source.local.count;

/**
 * Bytes of frames that an address moved, from the address's own viewpoint, since its counters
 * began: what the interface of the device counts, headers of the link included.
 *
 * @param downloadBytes bytes sent to it from outside the household
 * @param uploadBytes bytes that it sent outside
 */
public record Counts(long downloadBytes, long uploadBytes) {
  /** Nothing yet. */
  public static final Counts NONE = new Counts(0, 0);

  Counts plus(Counts more) {
    return new Counts(downloadBytes + more.downloadBytes, uploadBytes + more.uploadBytes);
  }

  /**
   * Returns what was moved since an earlier reading.
   *
   * @param before the earlier reading
   * @return the growth; all of it where counters began anew in between
   */
  Counts since(Counts before) {
    boolean anew = downloadBytes < before.downloadBytes || uploadBytes < before.uploadBytes;
    return anew
        ? this
        : new Counts(downloadBytes - before.downloadBytes, uploadBytes - before.uploadBytes);
  }
}
