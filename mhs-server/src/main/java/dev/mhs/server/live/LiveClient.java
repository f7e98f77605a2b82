package dev.mhs.server.live;

import dev.mhs.core.engine.Subscription;
import dev.mhs.core.spi.TimeSource;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.websocket.WsCloseCodes;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.nio.charset.StandardCharsets;
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
  static final Duration FAREWELL = Duration.ofSeconds(5);
  static final int LONGEST_MESSAGE = 4096; // bytes; no frame may be longer either

  private static final int LONGEST_PING = 125; // RFC 6455 §5.5
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
  private boolean dismissed; // guarded by lock: the closing frame was written
  private long dismissedAt; // guarded by lock
  private int received; // the reader's thread only: bytes of the message so far
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
    if (!prologue.method().equals(Method.GET)) { // RFC 6455 §4.1
      throw new WsUpgradeException("a WebSocket is opened by GET");
    }
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
    received(text.getBytes(StandardCharsets.UTF_8).length, last);
  }

  @Override
  public void onMessage(WsSession session, BufferData buffer, boolean last) {
    received(buffer.available(), last);
  }

  /** Nothing that a client says is acted upon yet. */
  private void received(int bytes, boolean last) {
    heard();
    received = Math.min(received + bytes, LONGEST_MESSAGE + 1);
    if (received > LONGEST_MESSAGE) {
      closeWith(TOO_BIG);
    }
    if (last) {
      received = 0;
    }
  }

  @Override
  public void onPing(WsSession session, BufferData buffer) {
    heard();
    if (buffer.available() > LONGEST_PING) {
      closeWith(WsCloseCodes.PROTOCOL_ERROR);
      return;
    }
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

  /** One that talks on long after it was dismissed loses its connection. */
  private void heard() {
    long now = time.nanos();
    boolean overstays;
    lock.lock();
    try {
      lastHeard = now;
      overstays = dismissed && now - dismissedAt > FAREWELL.toNanos();
    } finally {
      lock.unlock();
    }
    if (overstays) {
      throw new CloseConnectionException("it was told to go, and did not");
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
      dismissed();
      return false;
    }
    send(session, answer, ping, message);
    return true;
  }

  private void dismissed() {
    lock.lock();
    try {
      dismissed = true;
      dismissedAt = time.nanos();
    } finally {
      lock.unlock();
    }
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
      case TOO_BIG -> "a message must not be longer than " + LONGEST_MESSAGE + " bytes";
      case WsCloseCodes.PROTOCOL_ERROR ->
          "a ping must not be longer than " + LONGEST_PING + " bytes";
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
