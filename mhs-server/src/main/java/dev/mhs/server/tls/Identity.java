package dev.mhs.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * By what a server proves who it is.
 *
 * @param chain its certificate first, then those that vouch for it
 * @param key the key of the first
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
  private static final byte[] PROBE = {1, 2, 3};

  Identity {
    chain = List.copyOf(chain);
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  /** Tells whether key and certificate belong together, by signing and verifying something. */
  boolean isWhole() {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(PROBE);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certificate().getPublicKey());
      verifying.update(PROBE);
      return verifying.verify(signature);
    } catch (GeneralSecurityException otherKinds) {
      return false;
    }
  }

  /** Returns what speaks TLS with it; clients need no certificate. */
  SSLContext context() {
    char[] nobodySeesIt = "in memory only".toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("mhs", key, nobodySeesIt, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, nobodySeesIt);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) { // every Java has all of it
      throw new IllegalStateException(impossible);
    }
  }
}
