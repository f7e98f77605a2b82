package dev.mhs.source.routeros.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of a box, remembered by its fingerprint at the first connection. Any thread.
 *
 * <p>The file is read at every handshake, so that a person who trusts a new certificate only has to
 * remove it; MHS need not be started anew.
 */
public final class CertificatePin {
  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable String unsaved;
  private volatile @Nullable String unsavedBecause;
  private volatile @Nullable String seen;
  private volatile @Nullable String refused;

  /**
   * Prepares the pin of one endpoint; nothing is read yet.
   *
   * @param folder where it is kept
   * @param endpoint whose certificate it is; another endpoint has another pin
   */
  public CertificatePin(Path folder, Endpoint endpoint) {
    String name = endpoint.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
    this.file = folder.resolve("certificate-" + name + ".sha256");
  }

  /**
   * Returns where the pin is kept.
   *
   * @return the file, which need not exist
   */
  public Path file() {
    return file;
  }

  /**
   * Returns the fingerprint that was last accepted.
   *
   * @return SHA-256 in hexadecimal, or empty before the first connection
   */
  public Optional<String> accepted() {
    return Optional.ofNullable(seen);
  }

  /**
   * Returns the fingerprint that was refused after the last accepted one.
   *
   * @return SHA-256 in hexadecimal, or empty while the peer is the pinned one
   */
  public Optional<String> refused() {
    return Optional.ofNullable(refused);
  }

  /**
   * Returns why the pin could not be kept, in which case it holds until MHS ends.
   *
   * @return the reason, or empty when it is kept
   */
  public Optional<String> unsavedBecause() {
    return Optional.ofNullable(unsavedBecause);
  }

  /**
   * Accepts the fingerprint of the peer, if it is the pinned one or none is pinned yet.
   *
   * @param fingerprint SHA-256 of its certificate in hexadecimal
   * @throws UntrustedPeerException when another one is pinned, or the pin cannot be read
   */
  void check(String fingerprint) throws UntrustedPeerException {
    lock.lock();
    try {
      String pinned = pinned();
      if (pinned == null) {
        save(fingerprint);
      } else if (!pinned.equals(fingerprint)) {
        refused = fingerprint;
        throw new UntrustedPeerException(
            "the certificate changed: pinned is "
                + pinned
                + ", the peer shows "
                + fingerprint
                + "; if you changed it yourself, remove "
                + file
                + " and the new one is pinned");
      }
      seen = fingerprint;
      refused = null;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable String pinned() throws UntrustedPeerException {
    try {
      return Files.exists(file) ? Files.readString(file).strip() : unsaved;
    } catch (IOException unreadable) {
      throw new UntrustedPeerException("the pinned certificate cannot be read: " + unreadable);
    }
  }

  private void save(String fingerprint) {
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(draft, fingerprint + "\n");
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      unsavedBecause = null;
    } catch (IOException fullOrReadOnly) {
      unsaved = fingerprint; // pinned until MHS ends, which is better than no answer at all
      unsavedBecause = fullOrReadOnly.toString();
    }
  }
}
