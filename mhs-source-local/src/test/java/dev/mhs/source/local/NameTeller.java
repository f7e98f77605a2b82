package dev.mhs.source.local;

import dev.mhs.source.local.name.Answers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A device that answers who it is, as a program that can be started in a network namespace. */
final class NameTeller {
  private static final int DESCRIPTION_PORT = 49152;

  private NameTeller() {}

  public static void main(String[] words) throws Exception {
    NetworkInterface e0 = NetworkInterface.getByName("e0");
    InetAddress own =
        e0.inetAddresses().filter(each -> each instanceof Inet4Address).findFirst().orElseThrow();
    switch (words[0]) {
      case "mdns" -> answer(member(5353, "224.0.0.251", e0), Answers.multicast("living-room", own));
      case "netbios" -> answer(new DatagramSocket(137), Answers.netbios("NAS"));
      case "upnp" -> {
        Thread.ofPlatform().daemon().start(() -> describe(own));
        String location = "http://" + own.getHostAddress() + ":" + DESCRIPTION_PORT + "/d.xml";
        String found =
            "HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nLOCATION: " + location + "\r\n\r\n";
        answer(member(1900, "239.255.255.250", e0), found.getBytes(StandardCharsets.US_ASCII));
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static DatagramSocket member(int port, String group, NetworkInterface where)
      throws Exception {
    MulticastSocket socket = new MulticastSocket(port);
    socket.joinGroup(new InetSocketAddress(group, port), where);
    return socket;
  }

  private static void answer(DatagramSocket socket, byte[] text) throws Exception {
    System.out.println(".");
    while (true) {
      DatagramPacket question = new DatagramPacket(new byte[1500], 1500);
      socket.receive(question);
      socket.send(new DatagramPacket(text, text.length, question.getAddress(), question.getPort()));
    }
  }

  private static void describe(InetAddress own) {
    byte[] description =
        ("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n"
                + "<root><device><friendlyName>Kitchen &amp; Radio</friendlyName></device></root>")
            .getBytes(StandardCharsets.US_ASCII);
    try (ServerSocket server = new ServerSocket(DESCRIPTION_PORT, 5, own)) {
      while (true) {
        try (Socket client = server.accept();
            OutputStream out = client.getOutputStream()) {
          out.write(description);
        }
      }
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }
}
