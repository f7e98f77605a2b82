package dev.mhs.source.routeros.client;

import dev.mhs.api.FailureKind;
import dev.mhs.source.routeros.parse.RouterReply.Failed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Understands what the network or the peer did instead of answering. */
public final class ConnectionTrouble {
  /** How the detail begins when a connection that stood was lost. */
  static final String BROKEN = "the connection broke";

  /** How the detail begins when the peer has no certificate, or other ciphers than Java. */
  public static final String NO_CIPHER = "no encryption could be agreed upon";

  /** The detail when plain HTTP, or something else, listens where TLS is spoken. */
  public static final String NO_TLS = "the peer does not speak TLS on this port";

  private ConnectionTrouble() {}

  /**
   * Turns what was thrown into a failure.
   *
   * @param thrown what reading or writing threw
   * @return the failure; malformed when the peer talked, but not HTTP
   */
  static <T> Failed<T> of(RuntimeException thrown) {
    Throwable root = thrown;
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      Optional<Failed<T>> known = known(at);
      if (known.isPresent()) {
        return known.get();
      }
      root = at;
    }
    if (root instanceof IOException) {
      return new Failed<>(FailureKind.UNREACHABLE, BROKEN + because(root));
    }
    return new Failed<>(
        FailureKind.MALFORMED, "the peer's answer is no HTTP, or was cut off" + because(root));
  }

  /** Some exceptions say nothing but their class, which says nothing to people. */
  private static String because(Throwable thrown) {
    return thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
  }

  private static <T> Optional<Failed<T>> known(Throwable thrown) {
    return switch (thrown) {
      case CertificateException untrusted -> failed(FailureKind.UNTRUSTED, words(untrusted));
      case SSLException tls when !(tls.getCause() instanceof CertificateException) ->
          failed(FailureKind.UNREACHABLE, handshake(tls));
      case SocketTimeoutException slow -> failed(FailureKind.TIMED_OUT, "no answer in time");
      case UnknownHostException unknown ->
          failed(FailureKind.UNREACHABLE, "no address is known for " + unknown.getMessage());
      case ConnectException refused ->
          failed(FailureKind.UNREACHABLE, "no connection: " + words(refused));
      case NoRouteToHostException unrouted ->
          failed(FailureKind.UNREACHABLE, "no connection: " + words(unrouted));
      default -> Optional.empty();
    };
  }

  private static String handshake(SSLException tls) {
    String words = words(tls);
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("unsupported or unrecognized ssl message")) {
      return NO_TLS;
    }
    if (lower.contains("handshake")) {
      // With certificate=none, RouterOS offers only anonymous suites (manual, "Services").
      return NO_CIPHER + ": the service www-ssl may have no certificate (" + words + ")";
    }
    return "the encrypted connection broke: " + words;
  }

  private static <T> Optional<Failed<T>> failed(FailureKind kind, String detail) {
    return Optional.of(new Failed<>(kind, detail));
  }

  private static String words(Throwable thrown) {
    @Nullable String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }
}
