package dev.mhs.source.local.name;

import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Asks devices what they call themselves. Blocks; for one thread at a time. */
@FunctionalInterface
public interface Interviewer {
  /**
   * What was answered: names as strangers told them, by the address of each.
   *
   * @param multicast host names of multicast DNS
   * @param netbios names of NetBIOS
   * @param friendly what UPnP devices call themselves
   */
  record Answers(
      Map<InetAddress, String> multicast,
      Map<InetAddress, String> netbios,
      Map<InetAddress, String> friendly) {
    /** Makes an empty record, to be filled. */
    public Answers() {
      this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }
  }

  /**
   * Asks.
   *
   * @param interfaceName the interface behind which they are
   * @param own our own address there
   * @param whom whom to ask
   * @return what was answered within a moment
   * @throws IOException when nothing can be sent there
   */
  Answers ask(String interfaceName, InetAddress own, Set<InetAddress> whom) throws IOException;
}
