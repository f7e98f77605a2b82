package dev.mhs.core.chronicle;

import dev.mhs.core.alert.AlertMessage;
import dev.mhs.core.alert.Channel;
import dev.mhs.core.alert.Delivery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A channel that does what the test wants, and remembers what it took. */
final class FakeChannel implements Channel {
  /** What was taken, in order: the title by the id of the message. */
  final Map<String, String> taken = new LinkedHashMap<>();

  /** The ids of all attempts. */
  final List<String> attempts = new ArrayList<>();

  private final String name;
  private Supplier<Delivery> answer = () -> new Delivery.Delivered("it answers 200 OK");

  FakeChannel(String name) {
    this.name = name;
  }

  void answers(Supplier<Delivery> wanted) {
    answer = wanted;
  }

  void works() {
    answer = () -> new Delivery.Delivered("it answers 200 OK");
  }

  void fails() {
    answer = () -> new Delivery.Failed("no connection: refused", null);
  }

  List<String> titles() {
    return List.copyOf(taken.values());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String target() {
    return "somewhere";
  }

  @Override
  public String body(AlertMessage message) {
    return message.title() + "|" + message.text();
  }

  @Override
  public Delivery deliver(String messageId, String body) {
    attempts.add(messageId);
    Delivery delivery = answer.get();
    if (delivery instanceof Delivery.Delivered) {
      taken.merge(messageId, body.substring(0, body.indexOf('|')), (one, again) -> one + " AGAIN");
    }
    return delivery;
  }
}
