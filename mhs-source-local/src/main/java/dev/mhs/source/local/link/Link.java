package dev.mhs.source.local.link;

/** An interface on which frames can be sent and heard. Any thread. */
public interface Link extends AutoCloseable {
  /**
   * Sends a frame.
   *
   * @param frame its octets from the destination address on
   * @throws LinkException when the kernel refuses
   */
  void send(byte[] frame) throws LinkException;

  /**
   * Tells whether it still hears: an interface may be removed or switched off.
   *
   * @return whether frames still come in
   */
  boolean isAlive();

  /** Stops hearing; does not wait for the frame that is being heard. */
  @Override
  void close();
}
