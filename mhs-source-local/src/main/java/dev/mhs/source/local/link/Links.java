package dev.mhs.source.local.link;

import java.util.function.Consumer;

/** Opens interfaces for hearing and sending. */
@FunctionalInterface
public interface Links {
  /**
   * Opens an interface. Nothing is sent by that.
   *
   * @param interfaceName its name
   * @param frames takes each frame that matters, on a thread of the link's own
   * @return the open link
   * @throws LinkException when it cannot be opened
   */
  Link open(String interfaceName, Consumer<byte[]> frames) throws LinkException;
}
