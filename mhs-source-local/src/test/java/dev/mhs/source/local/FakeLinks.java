package dev.mhs.source.local;

import dev.mhs.source.local.link.Link;
import dev.mhs.source.local.link.LinkException;
import dev.mhs.source.local.link.LinkException.Kind;
import dev.mhs.source.local.link.Links;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Links without a kernel: closed until a test opens them. */
public final class FakeLinks implements Links {
  /** A frame that left. */
  public static final class Sent {
    private final byte[] frame;

    Sent(byte[] frame) {
      this.frame = frame;
    }

    public byte[] frame() {
      return frame;
    }
  }

  public final List<Sent> sent = new CopyOnWriteArrayList<>();
  public volatile @Nullable LinkException refusal =
      new LinkException(Kind.NO_LIBRARY, "libpcap is not installed");
  public volatile @Nullable LinkException sendRefusal;

  /** Hears each frame that leaves, and may answer. */
  public volatile Consumer<byte[]> neighbor = frame -> {};

  private final Map<String, Consumer<byte[]>> ears = new ConcurrentHashMap<>();

  @Override
  public Link open(String interfaceName, Consumer<byte[]> frames) throws LinkException {
    LinkException refused = refusal;
    if (refused != null) {
      throw refused;
    }
    ears.put(interfaceName, frames);
    return new Link() {
      @Override
      public void send(byte[] frame) throws LinkException {
        LinkException failed = sendRefusal;
        if (failed != null) {
          throw failed;
        }
        sent.add(new Sent(frame));
        neighbor.accept(frame);
      }

      @Override
      public boolean isAlive() {
        return ears.containsKey(interfaceName);
      }

      @Override
      public void close() {
        ears.remove(interfaceName);
      }
    };
  }

  /** Tells whether an interface is listened on. */
  public boolean isOpen(String interfaceName) {
    return ears.containsKey(interfaceName);
  }

  /** Ends what listens on an interface, as the kernel does when the interface is removed. */
  public void end(String interfaceName) {
    ears.remove(interfaceName);
  }

  /** Lets a frame come in. */
  public void hear(String interfaceName, byte[] frame) {
    Consumer<byte[]> ear = ears.get(interfaceName);
    if (ear == null) {
      throw new AssertionError("nobody listens on " + interfaceName);
    }
    ear.accept(frame);
  }
}
