package dev.mhs.source.local.link;

import dev.mhs.source.local.link.LinkException.Kind;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.packet.namednumber.DataLinkType;

/**
 * Hears and sends by libpcap, which needs CAP_NET_RAW. The kernel passes on only the few kinds of
 * frames that matter; all else costs nothing here.
 */
public final class PcapLinks implements Links {
  /** A tagged frame matches too, wherever its tag was taken off already; the reader sees it. */
  private static final String FILTER =
      "arp or (udp and ((src port 68 and dst port 67) or src port 5353))";

  private static final int LONGEST_FRAME = 2048;

  /** Two blocks of libpcap's ring: one is filled while the other is read. ARP is small. */
  private static final int BUFFER = 1 << 19;

  /** How long a frame waits for others before the kernel wakes us. */
  private static final int GATHERED_MILLIS = 100;

  /** It tells of every handle that it opens. */
  private static final Logger LIBRARY = Logger.getLogger("org.pcap4j");

  /** Makes an opener; the library is loaded with the first link. */
  public PcapLinks() {}

  @Override
  public Link open(String interfaceName, Consumer<byte[]> frames) throws LinkException {
    LIBRARY.setLevel(Level.WARNING);
    try {
      PcapHandle handle = handle(interfaceName);
      PcapLink link = new PcapLink(handle, interfaceName);
      link.start(frames);
      return link;
    } catch (LinkageError missing) {
      throw new LinkException(Kind.NO_LIBRARY, "libpcap is not installed");
    } catch (PcapNativeException | NotOpenException refused) {
      throw refusal(refused);
    }
  }

  private static PcapHandle handle(String interfaceName)
      throws PcapNativeException, NotOpenException, LinkException {
    PcapHandle handle =
        new PcapHandle.Builder(interfaceName)
            .snaplen(LONGEST_FRAME)
            .promiscuousMode(PromiscuousMode.PROMISCUOUS) // multicast that nobody here has joined
            .timeoutMillis(GATHERED_MILLIS)
            .bufferSize(BUFFER)
            .build();
    try {
      if (!handle.getDlt().equals(DataLinkType.EN10MB)) {
        throw new LinkException(Kind.OTHER, interfaceName + " is not Ethernet");
      }
      handle.setDirection(PcapDirection.IN);
      handle.setFilter(FILTER, BpfCompileMode.OPTIMIZE);
      return handle;
    } catch (PcapNativeException | NotOpenException | LinkException failed) {
      handle.close();
      throw failed;
    }
  }

  private static LinkException refusal(Exception refused) {
    String reason = String.valueOf(refused.getMessage()).lines().findFirst().orElse("no reason");
    boolean isPermission =
        reason.contains("permi") || reason.contains("Permi") || reason.contains("not permitted");
    return new LinkException(isPermission ? Kind.NO_PERMISSION : Kind.OTHER, reason);
  }

  private static final class PcapLink implements Link {
    private final PcapHandle handle;
    private final String interfaceName;
    private final AtomicBoolean alive = new AtomicBoolean(true);

    PcapLink(PcapHandle handle, String interfaceName) {
      this.handle = handle;
      this.interfaceName = interfaceName;
    }

    void start(Consumer<byte[]> frames) {
      Thread.ofPlatform()
          .daemon()
          .name("mhs-local-link-" + interfaceName)
          .start(() -> listen(frames));
    }

    /** Ends when the link is closed or the interface is gone. It closes what it uses itself. */
    private void listen(Consumer<byte[]> frames) {
      try {
        handle.loop(-1, frames::accept);
      } catch (PcapNativeException | NotOpenException | InterruptedException gone) {
        System.getLogger(PcapLinks.class.getName())
            .log(System.Logger.Level.DEBUG, interfaceName + " is heard no more: " + gone);
      } finally {
        alive.set(false);
        handle.close();
      }
    }

    @Override
    public void send(byte[] frame) throws LinkException {
      try {
        handle.sendPacket(frame);
      } catch (PcapNativeException | NotOpenException refused) {
        throw refusal(refused);
      }
    }

    @Override
    public boolean isAlive() {
      return alive.get();
    }

    @Override
    public void close() {
      if (!alive.get()) {
        return;
      }
      try {
        handle.breakLoop();
      } catch (NotOpenException closedMeanwhile) {
        alive.set(false);
      }
    }
  }
}
