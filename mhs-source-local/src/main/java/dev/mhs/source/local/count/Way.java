package dev.mhs.source.local.count;

/** How devices are counted; the better way comes first. */
public enum Way {
  /** In the kernel, by rules of our own. */
  NFTABLES("nftables"),
  /** In the kernel, by the connections that it tracks anyway. */
  CONNTRACK("conntrack"),
  /** Here, by looking at the heads of packets. */
  PCAP("pcap");

  private final String word;

  Way(String word) {
    this.word = word;
  }

  /**
   * Returns the word by which it is told.
   *
   * @return the word
   */
  public String word() {
    return word;
  }
}
