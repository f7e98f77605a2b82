package dev.mhs.server.connect;

import dev.mhs.core.spi.TimeSource;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its first byte to its last. One thread handles it, any may close it.
 *
 * <p>Helidon 4.1.7 looks every few seconds for connections that are idle, and interrupts only those
 * that wait for a request ({@code IdleTimeoutHandler}): one that takes nothing of what it asked for
 * would keep its place for ever, and one that sends a request byte by byte for days.
 */
final class Visit implements ServerConnection, InterruptableTask<Void> {
  private static final Duration LONG_ENOUGH = Duration.ofDays(1);

  private final ServerConnectionSelector http;
  private final Opening opening;
  private final Crowd crowd;
  private final Reception.Patience patience;
  private final TimeSource time;
  private final ConnectionContext context;
  private final WatchedWriter writer;
  private final long began;
  private volatile @Nullable ServerConnection talk;
  private volatile @Nullable RequestReader requests;
  private volatile @Nullable Thread thread;

  Visit(
      ServerConnectionSelector http,
      Opening opening,
      Crowd crowd,
      Reception.Patience patience,
      TimeSource time,
      ConnectionContext context) {
    this.http = http;
    this.opening = opening;
    this.crowd = crowd;
    this.patience = patience;
    this.time = time;
    this.context = context;
    this.writer = new WatchedWriter(context.dataWriter(), time);
    this.began = time.nanos();
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    InetAddress from = peer(context);
    if (!crowd.enter(from)) {
      throw new CloseConnectionException("too many connections from " + from.getHostAddress());
    }
    thread = Thread.currentThread();
    try {
      Opening.Opened opened = opening.open(OtherContext.writing(context, writer));
      RequestReader reader =
          new RequestReader(opened.context().dataReader(), this::canInterrupt, time);
      requests = reader;
      ServerConnection speaking =
          http.connection(OtherContext.reading(opened.context(), reader, this::endAfterThis));
      talk = speaking;
      speaking.handle(limit);
      opened.goodbye().run();
    } finally {
      crowd.leave(from);
    }
  }

  private void endAfterThis() {
    ServerConnection speaking = talk;
    if (speaking != null) {
      speaking.close(false);
    }
  }

  /** Returns the address of the other side. */
  static InetAddress peer(ConnectionContext context) {
    if (context.remotePeer().address() instanceof InetSocketAddress internet) {
      return internet.getAddress();
    }
    throw new IllegalStateException("no internet address: " + context.remotePeer().address());
  }

  @Override
  public boolean canInterrupt() {
    ServerConnection speaking = talk;
    return speaking instanceof InterruptableTask<?> task ? task.canInterrupt() : speaking == null;
  }

  @Override
  public Duration idleTime() {
    ServerConnection speaking = talk;
    if (isStuck()) {
      return LONG_ENOUGH;
    }
    if (speaking != null) {
      return speaking.idleTime();
    }
    boolean late = time.nanos() - began > patience.forBeginning().toNanos();
    return late ? LONG_ENOUGH : Duration.ZERO;
  }

  private boolean isStuck() {
    RequestReader reader = requests;
    return writer.waiting().compareTo(patience.forTaking()) > 0
        || (reader != null && reader.sending().compareTo(patience.forSending()) > 0);
  }

  @Override
  public void close(boolean interrupt) {
    ServerConnection speaking = talk;
    Thread handling = thread;
    if (speaking != null) {
      speaking.close(interrupt || isStuck());
    } else if (handling != null) {
      handling.interrupt();
    }
  }
}
