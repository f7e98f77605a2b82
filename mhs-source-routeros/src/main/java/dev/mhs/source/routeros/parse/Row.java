package dev.mhs.source.routeros.parse;

import dev.mhs.api.MacAddress;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One item of a RouterOS menu. RouterOS writes every value as text, leaves out keys that are empty,
 * and often those that are false.
 *
 * @param values the texts by key; unknown keys are kept and do no harm
 */
public record Row(Map<String, String> values) {
  /** Makes the map unmodifiable; it must not be changed by its maker any more. */
  public Row {
    values = Collections.unmodifiableMap(values);
  }

  /**
   * Returns a text.
   *
   * @param key its key
   * @return the text, or empty when the key is absent or its value blank
   */
  public Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).filter(text -> !text.isBlank());
  }

  /**
   * Returns a boolean.
   *
   * @param key its key
   * @return whether it is there and true (or yes); an absent key is false
   */
  public boolean flag(String key) {
    String text = values.get(key);
    return text != null && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes"));
  }

  /**
   * Returns a counter or another number that cannot be negative.
   *
   * @param key its key
   * @return the number, or empty when it is absent, negative or none
   */
  public OptionalLong number(String key) {
    String text = values.get(key);
    return text == null ? OptionalLong.empty() : CounterText.parse(text);
  }

  /**
   * Returns the MAC address of a device.
   *
   * @param key its key
   * @return the address, or empty when it is absent, none, all zeros or a group's
   */
  public Optional<MacAddress> mac(String key) {
    return text(key).flatMap(MacAddress::parse).filter(MacAddress::isDevice);
  }

  /**
   * Returns an IP address; a prefix length, port or interface beside it is left out.
   *
   * @param key its key
   * @return the address, or empty when it is absent or none
   */
  public Optional<InetAddress> address(String key) {
    return text(key).flatMap(AddressText::parse);
  }

  /**
   * Returns the id that RouterOS gave the item, such as {@code *1A}. Ids of dynamic items change.
   *
   * @return the id, or empty when the answer has none
   */
  public Optional<String> id() {
    return text(".id");
  }

  /**
   * Returns a word in lower case, such as a status.
   *
   * @param key its key
   * @return the word, or empty when it is absent
   */
  public Optional<String> word(String key) {
    return text(key).map(text -> text.toLowerCase(Locale.ROOT));
  }
}
