package dev.mhs.server.doctor;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.Finding;
import java.util.List;

/**
 * How one source fares.
 *
 * @param title which source it is, for people
 * @param findings its capabilities first, then what it found out about itself
 */
record Diagnosis(String title, List<Finding> findings) {
  /** Copies the list. */
  Diagnosis {
    requireNonNull(title, "title is null");
    findings = List.copyOf(findings);
  }

  /** Tells whether something does not work. */
  boolean isBroken() {
    return findings.stream().anyMatch(one -> one.level() == Finding.Level.BROKEN);
  }
}
