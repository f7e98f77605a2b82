package dev.mhs.simulator.rest;

import java.security.KeyStore;
import java.time.Instant;

/** Makes the certificates that boxes show: the JDK has no call for it. */
@FunctionalInterface
public interface Certificates {
  /**
   * Makes a key and a certificate for it that nobody vouches for, good for this machine's loopback
   * addresses.
   *
   * @param name whose certificate it says to be
   * @param now from when it is good, at the latest
   */
  KeyStore.PrivateKeyEntry make(String name, Instant now);
}
