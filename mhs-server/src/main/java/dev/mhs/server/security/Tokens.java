package dev.mhs.server.security;

import dev.mhs.core.spi.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The tokens as they are now: a change by {@code mhs token} is noticed within a second. While the
 * file cannot be read, none is good. Thread-safe.
 */
public final class Tokens {
  private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(1);
  private static final System.Logger LOG = System.getLogger(Tokens.class.getName());

  private final TokenFile file;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<String, ApiToken> byDigest = Map.of(); // guarded by lock
  private @Nullable String state; // guarded by lock: what the file looked like, null before
  private long lookedAt; // guarded by lock

  /**
   * Makes the store.
   *
   * @param folder the data folder
   * @param time the clocks
   */
  public Tokens(Path folder, TimeSource time) {
    this.file = new TokenFile(folder);
    this.time = time;
  }

  /** Returns the token that a program shows, if it is one and still good. */
  Optional<ApiToken> find(String token) {
    return byDigest(RandomId.digest(token));
  }

  /** Tells whether a token is still good, by its digest. */
  boolean isGood(String digest) {
    return byDigest(digest).isPresent();
  }

  private Optional<ApiToken> byDigest(String digest) {
    lock.lock();
    try {
      look();
      return Optional.ofNullable(byDigest.get(digest))
          .filter(found -> !found.isOver(time.instant()));
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    long now = time.nanos();
    if (state != null && now - lookedAt < LOOKED_AT_EVERY.toNanos()) {
      return;
    }
    lookedAt = now;
    String seen = appearance();
    if (seen.equals(state)) {
      return;
    }
    state = seen;
    byDigest = Map.of();
    try {
      byDigest = indexed(file.read());
    } catch (IOException unreadable) {
      LOG.log(
          System.Logger.Level.WARNING,
          "No token is good, since they cannot be read: " + unreadable.getMessage());
    }
  }

  /** It is replaced whole, hence another file each time. */
  private String appearance() {
    try {
      BasicFileAttributes now = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return now.fileKey() + " " + now.lastModifiedTime().toInstant() + " " + now.size();
    } catch (NoSuchFileException none) {
      return "none";
    } catch (IOException unreadable) {
      return "unreadable: " + unreadable.getMessage();
    }
  }

  private static Map<String, ApiToken> indexed(List<ApiToken> tokens) {
    Map<String, ApiToken> index = new HashMap<>();
    tokens.forEach(token -> index.put(token.digest(), token));
    return index;
  }
}
