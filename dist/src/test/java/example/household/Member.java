package example.household;

import dev.mhs.api.BitRate;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import java.net.InetAddress;
import java.time.Duration;

/**
 * A device of the household: one line of the file, its parts separated by tabs in this order.
 *
 * @param mac its link-layer address
 * @param address its IP address
 * @param name its host name
 * @param vendor its maker
 * @param port the port of the router behind which it hangs
 * @param silent how long ago it was last there, in seconds in the file; zero while it is there
 * @param download what it receives, in bit/s in the file
 * @param upload what it sends, likewise
 */
record Member(
    MacAddress mac,
    InetAddress address,
    String name,
    String vendor,
    String port,
    Duration silent,
    BitRate download,
    BitRate upload) {
  static Member of(String line) {
    String[] parts = line.split("\t", -1);
    return new Member(
        MacAddress.of(parts[0]),
        IpLiteral.of(parts[1]),
        parts[2],
        parts[3],
        parts[4],
        Duration.ofSeconds(Long.parseLong(parts[5])),
        new BitRate(Long.parseLong(parts[6])),
        new BitRate(Long.parseLong(parts[7])));
  }
}
