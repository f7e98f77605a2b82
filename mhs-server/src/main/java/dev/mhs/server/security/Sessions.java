package dev.mhs.server.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in on the page. Sessions survive a restart, but not a change of the password; only
 * digests of their ids are kept. Thread-safe; the file is read at the first question, not at the
 * start.
 */
public final class Sessions implements AutoCloseable {
  static final int MOST = 200;
  static final int MOST_BROWSERS = 200;

  private static final String FILE = "sessions.json";
  private static final int LARGEST_FILE = 1 << 20;
  private static final Duration KEPT_TO = Duration.ofMinutes(1);
  private static final Duration WRITTEN_EVERY = Duration.ofHours(1);
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

  private final Path file;
  private final Password password;
  private final Span span;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Session> sessions = new LinkedHashMap<>(); // guarded by lock
  private final Set<String> browsers = new LinkedHashSet<>(); // guarded by lock, the newest last
  private boolean loaded; // guarded by lock
  private byte @Nullable [] salt; // guarded by lock
  private byte @Nullable [] mark; // guarded by lock: made once, it is slow
  private Instant written = Instant.MIN; // guarded by lock

  /**
   * How long a session lasts.
   *
   * @param idle without being used
   * @param longest in any case
   */
  public record Span(Duration idle, Duration longest) {}

  /**
   * Makes the store.
   *
   * @param folder the data folder
   * @param password what opens sessions
   * @param span how long they last
   * @param clock the wall clock
   */
  public Sessions(Path folder, Password password, Span span, InstantSource clock) {
    this.file = folder.resolve(FILE);
    this.password = password;
    this.span = span;
    this.clock = clock;
  }

  /** Opens one for the user of the password; returns its id, which is kept nowhere. */
  String open() {
    String id = RandomId.next();
    lock.lock();
    try {
      load();
      Instant now = clock.instant();
      sessions.values().removeIf(session -> session.isOver(now, span.idle(), span.longest()));
      while (sessions.size() >= MOST) {
        sessions.values().stream()
            .min(Comparator.comparing(Session::used))
            .ifPresent(oldest -> sessions.remove(oldest.digest()));
      }
      String digest = RandomId.digest(id);
      sessions.put(digest, new Session(digest, now, now));
      write(now);
      return id;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the digest of a session that goes on, and notes that it is used. */
  Optional<String> use(String id) {
    String digest = RandomId.digest(id);
    lock.lock();
    try {
      load();
      Instant now = clock.instant();
      Session session = current(digest, now);
      if (session == null) {
        return Optional.empty();
      }
      if (Duration.between(session.used(), now).compareTo(KEPT_TO) >= 0) {
        sessions.put(digest, session.usedAt(now));
        if (Duration.between(written, now).abs().compareTo(WRITTEN_EVERY) > 0) {
          write(now);
        }
      }
      return Optional.of(digest);
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether a session goes on, by its digest; that does not count as using it. */
  boolean goesOn(String digest) {
    lock.lock();
    try {
      return current(digest, clock.instant()) != null;
    } finally {
      lock.unlock();
    }
  }

  /** Ends one; an unknown id does nothing. */
  void end(String id) {
    lock.lock();
    try {
      load();
      if (sessions.remove(RandomId.digest(id)) != null) {
        write(clock.instant());
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns what a browser keeps that has signed in: its tries are told from those of strangers.
   */
  String remember(@Nullable String browser) {
    lock.lock();
    try {
      load();
      String id = browser != null && isKnown(browser) ? browser : RandomId.next();
      String digest = RandomId.digest(id);
      browsers.remove(digest);
      browsers.add(digest);
      while (browsers.size() > MOST_BROWSERS) {
        browsers.remove(browsers.iterator().next());
      }
      write(clock.instant());
      return id;
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether a browser has signed in before. */
  boolean isKnown(String browser) {
    lock.lock();
    try {
      load();
      return browsers.contains(RandomId.digest(browser));
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Session current(String digest, Instant now) {
    Session session = sessions.get(digest);
    if (session == null || !session.isOver(now, span.idle(), span.longest())) {
      return session;
    }
    sessions.remove(digest);
    return null;
  }

  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new IOException("it is too large");
      }
      Remembered found =
          Remembered.parse(Files.readAllBytes(file))
              .orElseThrow(() -> new IOException("it makes no sense"));
      byte[] now = password.mark(found.salt());
      if (MessageDigest.isEqual(now, found.mark())) {
        salt = found.salt();
        mark = now;
        found.sessions().forEach(session -> sessions.put(session.digest(), session));
        browsers.addAll(found.browsers());
      }
    } catch (NoSuchFileException none) {
      LOG.log(System.Logger.Level.DEBUG, "nobody has signed in yet");
    } catch (IOException damaged) {
      warn("Who was signed in cannot be read", damaged);
    }
  }

  private void write(Instant now) {
    written = now;
    byte[] keptSalt = salt == null ? RandomId.bytes(16) : salt;
    byte[] keptMark = mark == null ? password.mark(keptSalt) : mark;
    salt = keptSalt;
    mark = keptMark;
    List<Session> list = new ArrayList<>(sessions.values());
    try {
      PrivateFile.write(
          file, new Remembered(keptSalt, keptMark, list, List.copyOf(browsers)).toJson());
    } catch (IOException failure) {
      warn("Who is signed in cannot be kept over a restart", failure);
    }
  }

  private void warn(String what, IOException failure) {
    LOG.log(System.Logger.Level.WARNING, what + ": " + file + ": " + failure.getMessage());
  }

  /** Writes what is not written yet. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (loaded && !sessions.isEmpty()) {
        write(clock.instant());
      }
    } finally {
      lock.unlock();
    }
  }
}
