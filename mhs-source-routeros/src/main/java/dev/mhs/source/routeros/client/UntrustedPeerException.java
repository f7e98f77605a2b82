package dev.mhs.source.routeros.client;

import java.security.cert.CertificateException;

/** The peer's certificate is not the one that was pinned. The message is for people. */
final class UntrustedPeerException extends CertificateException {
  private static final long serialVersionUID = 1L;

  UntrustedPeerException(String message) {
    super(message);
  }
}
