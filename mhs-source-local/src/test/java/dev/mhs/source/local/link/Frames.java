package dev.mhs.source.local.link;

import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as devices send them, made octet by octet. */
public final class Frames {
  public static final MacAddress EVERYBODY = new MacAddress(0xffff_ffff_ffffL);

  private Frames() {}

  public static Inet4Address ip(String text) {
    return (Inet4Address) IpLiteral.of(text);
  }

  /** An answer to a question of ours. */
  public static byte[] answer(String mac, String address, String to) {
    return arp(2, mac, address, to, "10.0.0.2");
  }

  /** A question to everybody, which tells who asks. */
  public static byte[] question(String mac, String address, String about) {
    return arp(1, mac, address, "00:00:00:00:00:00", about);
  }

  static byte[] arp(int operation, String mac, String from, String to, String about) {
    MacAddress target = MacAddress.of(to);
    ByteBuffer frame = ByteBuffer.allocate(60);
    frame.put(octets(operation == 1 ? EVERYBODY : target)).put(octets(MacAddress.of(mac)));
    frame.putShort((short) 0x0806).putShort((short) 1).putShort((short) 0x0800);
    frame.put((byte) 6).put((byte) 4).putShort((short) operation);
    frame.put(octets(MacAddress.of(mac))).put(IpLiteral.of(from).getAddress());
    frame.put(octets(target)).put(IpLiteral.of(about).getAddress());
    return frame.array();
  }

  /** A frame with a VLAN tag laid in. */
  static byte[] tagged(byte[] frame, int vlan) {
    ByteBuffer tagged = ByteBuffer.allocate(frame.length + 4);
    tagged.put(frame, 0, 12).putShort((short) 0x8100).putShort((short) vlan);
    return tagged.put(frame, 12, frame.length - 12).array();
  }

  public static byte[] datagram(String from, int fromPort, int toPort, byte[] payload) {
    int length = 28 + payload.length;
    ByteBuffer frame = ByteBuffer.allocate(14 + length);
    frame.put(octets(EVERYBODY)).put(octets(MacAddress.of("00:00:5e:00:53:07")));
    frame.putShort((short) 0x0800).put((byte) 0x45).put((byte) 0).putShort((short) length);
    frame.putInt(0).put((byte) 64).put((byte) 17).putShort((short) 0);
    frame.put(IpLiteral.of(from).getAddress()).put(new byte[] {-1, -1, -1, -1});
    frame.putShort((short) fromPort).putShort((short) toPort);
    frame.putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
    return frame.array();
  }

  /** What a DHCP client sends to everybody. */
  public static byte[] leaseRequest(String mac, String name) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    byte[] fixed = new byte[240];
    fixed[0] = 1;
    fixed[1] = 1;
    fixed[2] = 6;
    System.arraycopy(octets(MacAddress.of(mac)), 0, fixed, 28, 6);
    ByteBuffer.wrap(fixed).putInt(236, 0x63825363);
    message.writeBytes(fixed);
    message.writeBytes(new byte[] {53, 1, 3, 0, 12, (byte) name.length()});
    message.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    message.write(255);
    return datagram("0.0.0.0", 68, 67, message.toByteArray());
  }

  static byte[] octets(MacAddress mac) {
    byte[] octets = new byte[6];
    Octets.putMac(mac, octets, 0);
    return octets;
  }

  static MacAddress destination(byte[] frame) {
    return Octets.mac(frame, 0);
  }

  static InetAddress asked(byte[] frame) {
    ByteBuffer target = ByteBuffer.wrap(frame, 38, 4);
    return IpLiteral.of(
        (target.get() & 0xff)
            + "."
            + (target.get() & 0xff)
            + "."
            + (target.get() & 0xff)
            + "."
            + (target.get() & 0xff));
  }
}
