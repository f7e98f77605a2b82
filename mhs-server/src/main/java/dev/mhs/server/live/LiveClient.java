package dev.mhs.server.live;

import dev.mhs.core.engine.Subscription;
import dev.mhs.core.spi.TimeSource;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsCloseCodes;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket client. Only its writer thread ever sends: frames sent from two threads would mix.
 * What waits is the newest message only. Thread-safe.
 */
final class LiveClient implements WsListener {
  static final Duration PING_EVERY = Duration.ofSeconds(20);
  static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(30);
  static final int LONGEST_TEXT = 4096;

  private static final int TOO_BIG = 1009; // RFC 6455 §7.4.1
  private static final int POLICY_VIOLATION = 1008;
  private static final System.Logger LOG = System.getLogger(LiveClient.class.getName());

  private final LiveHub hub;
  private final UpgradeCheck door;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();

  private @Nullable List<String> pending; // guarded by lock: a message in pieces
  private @Nullable BufferData pong; // guarded by lock
  private boolean pingDue; // guarded by lock
  private int closeCode; // guarded by lock: not zero when the writer is to close
  private boolean ended; // guarded by lock
  private long writingSince; // guarded by lock: not zero while a write is under way
  private long lastPing; // guarded by lock
  private long lastHeard; // guarded by lock
  private int received; // the reader's thread only: characters of the text so far
  private @Nullable Thread writer;
  private @Nullable Subscription watching;

  LiveClient(LiveHub hub, UpgradeCheck door, TimeSource time) {
    this.hub = hub;
    this.door = door;
    this.time = time;
  }

  @Override
  public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers)
      throws WsUpgradeException {
    door.check(prologue, headers);
    Optional<String> refusal = hub.refusal();
    if (refusal.isPresent()) {
      throw new WsUpgradeException(refusal.get());
    }
    return Optional.empty();
  }

  @Override
  public void onOpen(WsSession session) {
    lastPing = time.nanos();
    lastHeard = time.nanos();
    writer = Thread.ofVirtual().name("mhs-live-writer").unstarted(() -> write(session));
    hub.add(this);
  }

  void start(Subscription watch, List<String> first) {
    watching = watch;
    offer(first);
    if (writer != null) {
      writer.start();
    }
  }

  /** Replaces what waits. */
  void offer(List<String> message) {
    lock.lock();
    try {
      pending = message;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onMessage(WsSession session, String text, boolean last) {
    heard();
    received += text.length();
    if (received > LONGEST_TEXT) {
      closeWith(TOO_BIG);
    }
    if (last) {
      received = 0; // nothing that a client says is acted upon yet
    }
  }

  @Override
  public void onMessage(WsSession session, BufferData buffer, boolean last) {
    heard();
    if (buffer.available() > LONGEST_TEXT) {
      closeWith(TOO_BIG);
    }
  }

  @Override
  public void onPing(WsSession session, BufferData buffer) {
    heard();
    lock.lock();
    try {
      pong = buffer.copy();
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onPong(WsSession session, BufferData buffer) {
    heard();
  }

  @Override
  public void onClose(WsSession session, int status, String reason) {
    end();
  }

  @Override
  public void onError(WsSession session, Throwable failure) {
    LOG.log(System.Logger.Level.DEBUG, "a WebSocket failed", failure);
    end();
  }

  private void heard() {
    lock.lock();
    try {
      lastHeard = time.nanos();
    } finally {
      lock.unlock();
    }
  }

  /** Sees to it that the client is still there: one that takes or says nothing is given up. */
  void check(long now) {
    boolean dead;
    lock.lock();
    try {
      boolean stalled = writingSince != 0 && now - writingSince > GIVEN_UP_AFTER.toNanos();
      boolean silent = now - lastHeard > PING_EVERY.toNanos() + GIVEN_UP_AFTER.toNanos();
      dead = stalled || silent;
      if (now - lastPing > PING_EVERY.toNanos()) {
        lastPing = now;
        pingDue = true;
        work.signal();
      }
    } finally {
      lock.unlock();
    }
    if (dead) {
      closeWith(POLICY_VIOLATION);
      end(); // interrupting a blocked write closes the socket
    }
  }

  void goAway() {
    closeWith(WsCloseCodes.GOING_AWAY);
  }

  private void closeWith(int code) {
    lock.lock();
    try {
      if (closeCode == 0) {
        closeCode = code;
      }
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  void awaitEnd(Duration atMost) {
    try {
      if (writer != null && !writer.join(atMost)) {
        writer.interrupt();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      work.signal();
      if (writingSince != 0 && writer != null) {
        writer.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void write(WsSession session) {
    try {
      while (writeNext(session)) {
        lock.lock();
        try {
          writingSince = 0;
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException | RuntimeException gone) {
      LOG.log(System.Logger.Level.DEBUG, "a WebSocket client is gone", gone);
      terminate(session);
    } finally {
      hub.remove(this);
      stopWatching();
    }
  }

  /** Sends what is most urgent; tells whether there may be more. */
  private boolean writeNext(WsSession session) throws InterruptedException {
    List<String> message = null;
    BufferData answer = null;
    boolean ping = false;
    int code;
    lock.lockInterruptibly();
    try {
      while (pending == null && pong == null && !pingDue && closeCode == 0 && !ended) {
        work.await();
      }
      if (ended) {
        return false;
      }
      code = closeCode;
      if (code == 0) {
        answer = pong;
        pong = null;
        ping = pingDue;
        pingDue = false;
        message = pending;
        pending = null;
      }
      writingSince = Math.max(1, time.nanos());
    } finally {
      lock.unlock();
    }
    if (code != 0) {
      session.close(code, reason(code));
      return false;
    }
    send(session, answer, ping, message);
    return true;
  }

  private static void send(
      WsSession session,
      @Nullable BufferData answer,
      boolean ping,
      @Nullable List<String> message) {
    if (answer != null) {
      session.pong(answer);
    }
    if (ping) {
      session.ping(BufferData.empty());
    }
    if (message != null) {
      for (int piece = 0; piece < message.size(); piece++) {
        session.send(message.get(piece), piece == message.size() - 1);
      }
    }
  }

  private static String reason(int code) {
    return switch (code) {
      case TOO_BIG -> "a message must not be longer than " + LONGEST_TEXT + " characters";
      case POLICY_VIOLATION -> "nothing was heard for too long";
      default -> "MHS is being stopped";
    };
  }

  private static void terminate(WsSession session) {
    try {
      session.terminate();
    } catch (RuntimeException closedAlready) {
      LOG.log(System.Logger.Level.TRACE, "it was closed already", closedAlready);
    }
  }

  private void stopWatching() {
    if (watching != null) {
      watching.close();
    }
  }
}
