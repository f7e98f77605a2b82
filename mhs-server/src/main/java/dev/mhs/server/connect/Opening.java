package dev.mhs.server.connect;

import io.helidon.webserver.ConnectionContext;

/** Makes of a connection what HTTP is spoken on. Any thread, one for each connection. */
@FunctionalInterface
public interface Opening {
  /**
   * Opens a connection; may wait for what the other side has to say first.
   *
   * @param plain the connection as it was accepted
   * @return what to read from and write to
   */
  Opened open(ConnectionContext plain);

  /** Returns one that leaves every connection as it is. */
  static Opening plain() {
    return plain -> new Opened(plain, () -> {});
  }

  /**
   * A connection on which HTTP can be spoken.
   *
   * @param context what to read from and write to
   * @param goodbye is said at an orderly end
   */
  record Opened(ConnectionContext context, Runnable goodbye) {}
}
