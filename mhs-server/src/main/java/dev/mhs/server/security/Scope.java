package dev.mhs.server.security;

/** What somebody may do. */
public enum Scope {
  /** Look at everything, the live view included. */
  READ,
  /** Change things as well. */
  WRITE
}
