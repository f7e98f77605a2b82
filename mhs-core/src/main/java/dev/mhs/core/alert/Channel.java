package dev.mhs.core.alert;

/** A way to tell a person something. Used by one thread at a time, and by those who test it. */
public interface Channel {
  /**
   * Returns its name, unique among all: {@code webhook} or {@code ntfy}.
   *
   * @return the name
   */
  String name();

  /**
   * Returns where it leads, without anything secret.
   *
   * @return a host, for people
   */
  String target();

  /**
   * Returns what is sent for a message. It is kept until it is delivered.
   *
   * @param message the message
   * @return the body
   */
  String body(AlertMessage message);

  /**
   * Sends a body, within a deadline of its own.
   *
   * @param messageId the id of the message, by which a peer knows one that it has already
   * @param body what {@link #body} has made
   * @return what it led to
   * @throws InterruptedException when MHS ends
   */
  Delivery deliver(String messageId, String body) throws InterruptedException;
}
