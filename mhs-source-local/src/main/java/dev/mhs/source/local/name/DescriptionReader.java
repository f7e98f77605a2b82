package dev.mhs.source.local.name;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches what a UPnP device says of itself, on a thread of its own. A stranger may answer one
 * octet at a time and for ever, within any timeout for a single one, so it is cut off after a while
 * wherever it is. For one thread.
 */
final class DescriptionReader implements AutoCloseable {
  private static final int LONGEST = 64 * 1024;

  private final HttpURLConnection connection;
  private final FutureTask<Optional<byte[]>> reading = new FutureTask<>(this::read);

  private DescriptionReader(HttpURLConnection connection) {
    this.connection = connection;
  }

  /**
   * Begins to fetch.
   *
   * @param uri where the description is
   * @param patience how long to wait for a connection, and for anything to come
   * @return the reader, to be closed
   * @throws IOException when the address is none
   */
  static DescriptionReader begin(URI uri, Duration patience) throws IOException {
    HttpURLConnection connection;
    try {
      connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    } catch (IllegalArgumentException notWhole) {
      throw new IOException(notWhole);
    }
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) patience.toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    DescriptionReader reader = new DescriptionReader(connection);
    Thread.ofPlatform().daemon().name("mhs-local-description").start(reader.reading);
    return reader;
  }

  private Optional<byte[]> read() throws IOException {
    connection.connect();
    if (Thread.interrupted()) {
      connection.disconnect();
      return Optional.empty(); // closed while there was no connection to be cut
    }
    try (InputStream body = connection.getInputStream()) {
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK
          ? Optional.of(body.readNBytes(LONGEST))
          : Optional.empty();
    }
  }

  /**
   * Waits for the description.
   *
   * @param atMost how long
   * @return its octets, 64 kB at most; empty when it does not come
   * @throws InterruptedException when nobody waits for it any more
   */
  Optional<byte[]> within(Duration atMost) throws InterruptedException {
    try {
      return reading.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException unusable) {
      return Optional.empty(); // it offered a description that it does not give
    }
  }

  /** Ends the reading, wherever it is. */
  @Override
  public void close() {
    reading.cancel(true); // before it is connected, this alone tells it
    connection.disconnect();
  }
}
