package dev.mhs.source.local.sweep;

import java.io.IOException;

/** Sends probes. One thread at a time. */
public interface ProbeSocket extends AutoCloseable {
  /**
   * Sends one probe; does not wait for an answer.
   *
   * @param probe what to send
   * @throws IOException when the kernel refuses: no permission, no route, the address is gone
   */
  void send(Probe probe) throws IOException;

  /** Lets go of what is open; the next probe opens it again. */
  @Override
  void close();
}
