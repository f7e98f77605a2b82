package dev.mhs.server.live;

import dev.mhs.server.content.Gzip;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A message in the forms in which it is sent, each made at most once for all clients, and only when
 * somebody wants it. Thread-safe.
 */
final class Message {
  private final byte[] utf8;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable List<String> texts; // guarded by lock
  private byte @Nullable [] zipped; // guarded by lock
  private @Nullable List<byte[]> zippedPieces; // guarded by lock

  Message(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** Returns the message in UTF-8; not to be changed. */
  byte[] utf8() {
    return utf8;
  }

  /** Returns the message as texts, to be sent one after the other. */
  List<String> texts() {
    lock.lock();
    try {
      if (texts == null) {
        texts = Pieces.of(new String(utf8, StandardCharsets.UTF_8));
      }
      return texts;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the message as gzip (RFC 1952); not to be changed. */
  byte[] zipped() {
    lock.lock();
    try {
      if (zipped == null) {
        zipped = Gzip.zip(utf8);
      }
      return zipped;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the message as gzip, to be sent one after the other; not to be changed. */
  List<byte[]> zippedPieces() {
    lock.lock();
    try {
      if (zippedPieces == null) {
        zippedPieces = Pieces.of(zipped());
      }
      return zippedPieces;
    } finally {
      lock.unlock();
    }
  }
}
