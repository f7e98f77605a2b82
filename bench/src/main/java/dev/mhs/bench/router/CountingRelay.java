package dev.mhs.bench.router;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a box and counts at the box's side what goes over the wire: bytes
 * both ways, headers included, and connections. On loopback only. Any thread.
 */
public final class CountingRelay implements AutoCloseable {
  private final ServerSocket door;
  private final int target;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * Begins to listen on a free port.
   *
   * @param target the box's port on loopback
   * @throws IOException when no port is free
   */
  public CountingRelay(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("relay-door").start(this::accept);
  }

  /** Returns where it listens. */
  public String host() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  /** Returns how many bytes it has passed on, both ways together. */
  public long bytes() {
    return bytes.get();
  }

  /** Returns how many connections were made to it. */
  public long connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        connections.incrementAndGet();
        Socket box = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(box);
        Thread.ofVirtual().name("relay-up").start(() -> pass(client, box));
        Thread.ofVirtual().name("relay-down").start(() -> pass(box, client));
      }
    } catch (IOException closed) {
      if (!door.isClosed()) {
        throw new IllegalStateException("the relay broke", closed);
      }
    }
  }

  /** Either end's end is the end of both. */
  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16_384];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes.addAndGet(count);
        out.write(buffer, 0, count);
      }
    } catch (IOException ended) {
      open.remove(from); // how a connection ends is nothing that is counted here
    }
    open.remove(from);
    open.remove(to);
  }
}
