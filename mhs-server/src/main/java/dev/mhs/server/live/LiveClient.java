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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket client. Only its writer thread ever sends: frames sent from two threads would mix.
 * What waits is one message at most. Thread-safe.
 */
final class LiveClient implements WsListener {
  static final Duration PING_EVERY = Duration.ofSeconds(20);
  static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(30);
  static final Duration FAREWELL = Duration.ofSeconds(5);
  static final int LONGEST_MESSAGE = 4096; // bytes; no frame may be longer either

  private static final int LONGEST_PING = 125; // RFC 6455 §5.5
  private static final int TOO_BIG = 1009; // RFC 6455 §7.4.1
  private static final int POLICY_VIOLATION = 1008;
  private static final int SIGNED_OUT = 4401; // RFC 6455 §7.4.2: ours; HTTP has 401 for it
  private static final System.Logger LOG = System.getLogger(LiveClient.class.getName());

  private final LiveHub hub;
  private final UpgradeCheck door;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();

  private Turn turn = new Turn(false); // guarded by lock
  private @Nullable BufferData pong; // guarded by lock
  private boolean pingDue; // guarded by lock
  private int closeCode; // guarded by lock: not zero when the writer is to close
  private boolean ended; // guarded by lock
  private long writingSince; // guarded by lock: not zero while a write is under way
  private long lastPing; // guarded by lock
  private long lastHeard; // guarded by lock
  private boolean dismissed; // guarded by lock: the closing frame was written
  private long dismissedAt; // guarded by lock
  private long wholeAsked; // guarded by lock: when a whole update was last asked for
  private LiveMode mode = new LiveMode(false, false); // set before it is opened
  private final StringBuilder said = new StringBuilder(); // the reader's thread only
  private volatile BooleanSupplier welcome = () -> false; // until it was let in
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
    welcome = door.check(prologue, headers);
    mode = mode(prologue);
    Optional<String> refusal = hub.refusal();
    if (refusal.isPresent()) {
      throw new WsUpgradeException(refusal.get());
    }
    return Optional.empty();
  }

  private static LiveMode mode(HttpPrologue prologue) throws WsUpgradeException {
    try {
      return LiveMode.of(prologue.query());
    } catch (IllegalArgumentException unknown) {
      throw new WsUpgradeException(String.valueOf(unknown.getMessage()));
    }
  }

  @Override
  public void onOpen(WsSession session) {
    lastPing = time.nanos();
    lastHeard = time.nanos();
    writer = Thread.ofVirtual().name("mhs-live-writer").unstarted(() -> write(session));
    hub.add(this);
  }

  void start(Subscription watch) {
    watching = watch;
    lock.lock();
    try {
      turn = new Turn(mode.deltas());
      turn.wantWhole();
      wholeAsked = time.nanos();
    } finally {
      lock.unlock();
    }
    if (writer != null) {
      writer.start();
    }
  }

  /** Tells of the next snapshot. Does not block. */
  void offer(Frame frame) {
    lock.lock();
    try {
      turn.offer(frame);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onMessage(WsSession session, String text, boolean last) {
    boolean fits = received(text.getBytes(StandardCharsets.UTF_8).length);
    if (fits) {
      said.append(text);
    }
    if (last) {
      if (fits && ClientWord.of(said.toString()) == ClientWord.RESYNC) {
        resync();
      }
      forget();
    }
  }

  @Override
  public void onMessage(WsSession session, BufferData buffer, boolean last) {
    received(buffer.available());
    if (last) {
      forget();
    }
  }

  /** Tells whether the message is not too long yet. */
  private boolean received(int bytes) {
    heard();
    received = Math.min(received + bytes, LONGEST_MESSAGE + 1);
    if (received > LONGEST_MESSAGE) {
      closeWith(TOO_BIG);
    }
    return received <= LONGEST_MESSAGE;
  }

  private void forget() {
    received = 0;
    said.setLength(0);
  }

  /** At once, but not more often than states are pushed: then with the next push. */
  private void resync() {
    long now = time.nanos();
    lock.lock();
    try {
      boolean soon = now - wholeAsked < hub.pushInterval().toNanos();
      wholeAsked = now;
      turn.lose();
      if (!soon) {
        turn.wantWhole();
        work.signal();
      }
    } finally {
      lock.unlock();
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
    if (!welcome.getAsBoolean()) {
      closeWith(SIGNED_OUT);
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
    boolean due = false;
    Frame step = null;
    BufferData answer = null;
    boolean ping = false;
    int code;
    lock.lockInterruptibly();
    try {
      while (!turn.isDue() && pong == null && !pingDue && closeCode == 0 && !ended) {
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
        due = turn.isDue();
        step = due ? turn.take() : null;
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
    answer(session, answer, ping);
    if (due) {
      send(session, message(step));
    }
    return true;
  }

  private Message message(@Nullable Frame step) {
    Message delta = step == null ? null : step.delta();
    if (delta != null) {
      return delta;
    }
    Frame whole = hub.latest();
    lock.lock();
    try {
      turn.fetched(whole);
    } finally {
      lock.unlock();
    }
    return whole.whole();
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

  private static void answer(WsSession session, @Nullable BufferData answer, boolean ping) {
    if (answer != null) {
      session.pong(answer);
    }
    if (ping) {
      session.ping(BufferData.empty());
    }
  }

  private void send(WsSession session, Message message) {
    if (mode.zipped()) {
      List<byte[]> pieces = message.zippedPieces();
      for (int piece = 0; piece < pieces.size(); piece++) {
        session.send(BufferData.create(pieces.get(piece)), piece == pieces.size() - 1);
      }
    } else {
      List<String> pieces = message.texts();
      for (int piece = 0; piece < pieces.size(); piece++) {
        session.send(pieces.get(piece), piece == pieces.size() - 1);
      }
    }
  }

  private static String reason(int code) {
    return switch (code) {
      case TOO_BIG -> "a message must not be longer than " + LONGEST_MESSAGE + " bytes";
      case WsCloseCodes.PROTOCOL_ERROR ->
          "a ping must not be longer than " + LONGEST_PING + " bytes";
      case SIGNED_OUT -> "signed out";
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
