package dev.mhs.source.local.read;

import java.util.List;

/** Runs a program and returns what it printed. */
@FunctionalInterface
public interface CommandRunner {
  /**
   * Runs a program to its end.
   *
   * @param command its path and its words
   * @return what it printed, or why not
   * @throws InterruptedException when the deadline has passed or MHS ends; the program is ended
   */
  Outcome run(List<String> command) throws InterruptedException;
}
