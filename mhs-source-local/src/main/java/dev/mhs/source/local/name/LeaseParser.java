package dev.mhs.source.local.name;

import dev.mhs.api.MacAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the names that clients told a DHCP server, from the file in which it keeps its leases.
 * Pure; lines that are none are passed over, of several for one client the last counts.
 */
public final class LeaseParser {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern ISC_MAC =
      Pattern.compile("\\s*hardware ethernet ([0-9a-fA-F:]{17});\\s*");
  private static final Pattern ISC_NAME =
      Pattern.compile("\\s*client-hostname \"((?:[^\"\\\\]|\\\\.)*)\";\\s*");
  private static final int MOST = 4096;

  private LeaseParser() {}

  /**
   * Reads the leases of dnsmasq: {@code expiry mac address name client-id} (dnsmasq's lease.c).
   *
   * @param lines the file
   * @return the names as they were told
   */
  public static Map<MacAddress, String> dnsmasq(List<String> lines) {
    Map<MacAddress, String> names = new LinkedHashMap<>();
    for (String line : lines) {
      String[] words = BLANKS.split(line.strip(), -1);
      if (words.length >= 4 && !words[3].equals("*")) {
        MacAddress.parse(words[1]).ifPresent(mac -> put(names, mac, words[3]));
      }
    }
    return names;
  }

  /**
   * Reads the leases of Kea: comma-separated, with the names of the columns in the first line (Kea
   * Administrator Reference Manual, memfile). A comma within a value is written {@code &#x2c}.
   *
   * @param lines the file
   * @return the names as they were told
   */
  public static Map<MacAddress, String> kea(List<String> lines) {
    Map<MacAddress, String> names = new LinkedHashMap<>();
    if (lines.isEmpty()) {
      return names;
    }
    List<String> columns = List.of(lines.getFirst().split(",", -1));
    int mac = columns.indexOf("hwaddr");
    int name = columns.indexOf("hostname");
    if (mac < 0 || name < 0) {
      return names;
    }
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(",", -1);
      if (values.length > Math.max(mac, name) && !values[name].isBlank()) {
        String told = values[name].replace("&#x2c", ",");
        MacAddress.parse(values[mac]).ifPresent(client -> put(names, client, told));
      }
    }
    return names;
  }

  /**
   * Reads the leases of ISC dhcpd: blocks of statements (dhcpd.leases(5)).
   *
   * @param lines the file
   * @return the names as they were told
   */
  public static Map<MacAddress, String> isc(List<String> lines) {
    Map<MacAddress, String> names = new LinkedHashMap<>();
    Optional<MacAddress> client = Optional.empty();
    for (String line : lines) {
      Matcher mac = ISC_MAC.matcher(line);
      Matcher name = ISC_NAME.matcher(line);
      if (line.startsWith("lease ")) {
        client = Optional.empty();
      } else if (mac.matches()) {
        client = MacAddress.parse(mac.group(1));
      } else if (name.matches() && client.isPresent()) {
        put(names, client.get(), name.group(1));
      }
    }
    return names;
  }

  private static void put(Map<MacAddress, String> names, MacAddress mac, String name) {
    if (names.size() < MOST || names.containsKey(mac)) {
      names.put(mac, name);
    }
  }
}
