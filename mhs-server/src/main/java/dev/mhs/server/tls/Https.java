package dev.mhs.server.tls;

import dev.mhs.core.spi.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * What the server speaks TLS with, always as the files have it: a renewed certificate is used from
 * the next minute on. Thread-safe.
 */
public final class Https implements Supplier<SSLContext> {
  private static final Duration LOOKED_AT_EVERY = Duration.ofMinutes(1);
  private static final long LARGEST_FILE = 1 << 20;
  private static final System.Logger LOG = System.getLogger(Https.class.getName());

  private final Path certificate;
  private final Path key;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private SSLContext context; // guarded by lock
  private String state; // guarded by lock: what the files looked like
  private long lookedAt; // guarded by lock

  /** Says in one sentence why there can be no HTTPS. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String sentence) {
      super(sentence);
    }
  }

  private Https(Path certificate, Path key, TimeSource time) throws UnusableException {
    this.certificate = certificate;
    this.key = key;
    this.time = time;
    this.state = appearance();
    this.lookedAt = time.nanos();
    Identity identity = read(certificate, key);
    this.context = identity.context();
    warnIfOver(identity.certificate());
  }

  /**
   * Uses a certificate and a key that are there.
   *
   * @param certificate the file of the certificate and those that vouch for it
   * @param key the file of its key
   * @param time the clocks
   */
  public static Https given(Path certificate, Path key, TimeSource time) throws UnusableException {
    return new Https(certificate, key, time);
  }

  /**
   * Makes a certificate that nobody vouches for, or uses the one that was made before, as long as
   * it is good for this machine's names and addresses.
   *
   * @param folder where it is kept
   * @param names the host names of this machine
   * @param addresses its addresses
   * @param time the clocks
   */
  public static Https selfMade(
      Path folder, List<String> names, Collection<InetAddress> addresses, TimeSource time)
      throws UnusableException {
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    SelfMadeFiles files = new SelfMadeFiles(certificate, key);
    try {
      files.ensure(names, addresses, time.instant());
    } catch (IOException failure) {
      throw new UnusableException(
          "A certificate for HTTPS cannot be kept in "
              + folder
              + ": "
              + failure.getMessage()
              + ".");
    }
    return new Https(certificate, key, time);
  }

  @Override
  public SSLContext get() {
    lock.lock();
    try {
      long now = time.nanos();
      if (now - lookedAt > LOOKED_AT_EVERY.toNanos()) {
        lookedAt = now;
        renew();
      }
      return context;
    } finally {
      lock.unlock();
    }
  }

  private void renew() {
    String seen = appearance();
    if (seen.equals(state)) {
      return;
    }
    state = seen;
    try {
      context = read(certificate, key).context();
      LOG.log(System.Logger.Level.INFO, "The certificate in " + certificate + " is used now");
    } catch (UnusableException half) { // perhaps one of the two is not written yet
      LOG.log(
          System.Logger.Level.WARNING, "The certificate from before stays: " + half.getMessage());
    }
  }

  private String appearance() {
    return appearance(certificate) + " " + appearance(key);
  }

  private static String appearance(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant() + " " + Files.size(file);
    } catch (IOException unreadable) {
      return "unreadable";
    }
  }

  static Identity read(Path certificate, Path key) throws UnusableException {
    Identity identity;
    try {
      identity = new Identity(Pem.certificates(text(certificate)), Pem.key(text(key)));
    } catch (Pem.PemException wrong) {
      throw new UnusableException(blamed(certificate, key, wrong));
    }
    if (!identity.isWhole()) {
      throw new UnusableException(
          "The key in "
              + key
              + " does not belong to the first certificate in "
              + certificate
              + ".");
    }
    return identity;
  }

  private static String blamed(Path certificate, Path key, Pem.PemException wrong) {
    String what = String.valueOf(wrong.getMessage());
    return (what.contains("key") ? key : certificate) + " " + what + ".";
  }

  private static String text(Path file) throws UnusableException {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new UnusableException(file + " is too large for a certificate or a key.");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException none) {
      throw new UnusableException("There is no file " + file + ".");
    } catch (IOException unreadable) {
      throw new UnusableException(file + " cannot be read: " + unreadable.getMessage() + ".");
    }
  }

  private void warnIfOver(X509Certificate used) {
    Instant end = used.getNotAfter().toInstant();
    if (time.instant().isAfter(end)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The certificate in " + certificate + " is over since " + end + ": browsers will object");
    }
  }
}
