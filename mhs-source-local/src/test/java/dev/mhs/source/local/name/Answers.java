package dev.mhs.source.local.name;

import java.net.InetAddress;

/** What devices answer to who asks for their names, for programs of the tests. */
public final class Answers {
  private Answers() {}

  /** Announces the address of a name. */
  public static byte[] multicast(String name, InetAddress own) {
    byte[] message = WireNamesTest.announcement(name);
    System.arraycopy(own.getAddress(), 0, message, message.length - 4, 4);
    return message;
  }

  public static byte[] netbios(String name) {
    return WireNamesTest.nodeStatus(name);
  }
}
