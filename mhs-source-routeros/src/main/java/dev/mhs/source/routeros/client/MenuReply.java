package dev.mhs.source.routeros.client;

import dev.mhs.api.FailureKind;
import dev.mhs.source.routeros.parse.Reading;

/** What reading a menu led to. */
public sealed interface MenuReply {
  /**
   * It was read.
   *
   * @param reading its rows
   */
  record Rows(Reading reading) implements MenuReply {}

  /**
   * The box does not have it, or does not show it to its user: one can do without, or cannot.
   *
   * @param kind not permitted, or refused
   * @param detail in words for people
   */
  record Lacking(FailureKind kind, String detail) implements MenuReply {}

  /**
   * The box did not answer.
   *
   * @param kind what kind of failure it was
   * @param detail what happened
   */
  record Failed(FailureKind kind, String detail) implements MenuReply {}
}
