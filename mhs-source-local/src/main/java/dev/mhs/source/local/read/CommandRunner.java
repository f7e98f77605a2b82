package dev.mhs.source.local.read;

import java.util.List;
import java.util.Optional;

/** Runs a program and returns what it printed. */
@FunctionalInterface
public interface CommandRunner {
  /**
   * Runs a program to its end.
   *
   * @param command its path and its words
   * @return what it printed, or empty when it could not be run, failed, or took too long
   * @throws InterruptedException when the deadline has passed or MHS ends; the program is ended
   */
  Optional<String> run(List<String> command) throws InterruptedException;
}
