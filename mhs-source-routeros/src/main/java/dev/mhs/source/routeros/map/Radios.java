package dev.mhs.source.routeros.map;

import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.parse.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives clients the name of their network, where only the radio knows it (package wireless). */
public final class Radios {
  private Radios() {}

  /**
   * Adds the names.
   *
   * @param registrations {@code /interface/wireless/registration-table}, which has no names
   * @param radios {@code /interface/wireless}
   * @return the same rows, those without {@code ssid} with that of their radio
   */
  public static Reading named(Reading registrations, List<Row> radios) {
    Map<String, String> names = new HashMap<>();
    for (Row radio : radios) {
      radio
          .text("name")
          .ifPresent(name -> radio.text("ssid").ifPresent(ssid -> names.put(name, ssid)));
    }
    return new Reading(
        registrations.at(), registrations.rows().stream().map(row -> named(row, names)).toList());
  }

  private static Row named(Row client, Map<String, String> names) {
    String ssid = names.get(client.text("interface").orElse(""));
    if (ssid == null || client.text("ssid").isPresent()) {
      return client;
    }
    Map<String, String> values = new LinkedHashMap<>(client.values());
    values.put("ssid", ssid);
    return new Row(values);
  }
}
