package dev.mhs.source.local.name;

import dev.mhs.core.spi.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks devices what they call themselves, from one socket on one interface: by multicast DNS (a
 * one-shot question as RFC 6762 §5.1 and §6.7 describe it), NetBIOS and UPnP. Blocks; for one
 * thread at a time.
 *
 * <p>JmDNS would take part in multicast DNS and has no reverse question. This asks, waits a moment
 * and is gone: see {@code docs/decisions/0004-names-are-asked-without-jmdns.md}.
 */
public final class NameQuestions implements Interviewer {
  private static final int MULTICAST_DNS = 5353;
  private static final int NETBIOS = 137;
  private static final int UPNP = 1900;
  private static final int LONGEST_DATAGRAM = 9000; // RFC 6762 §17
  private static final int MOST_ANSWERS = 2048;
  private static final int MOST_DESCRIPTIONS = 32;
  private static final int LONGEST_DESCRIPTION = 64 * 1024;
  private static final int PATIENCE_MILLIS = 1500;
  private static final int DESCRIPTION_MILLIS = 1500;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long DESCRIPTIONS_NANOS = 6_000 * NANOS_PER_MILLI;
  private static final int BETWEEN_QUESTIONS_MILLIS = 5;
  private static final int ID = 0x4d48;

  private final InetAddress dnsGroup = group(251);
  private final InetAddress upnpGroup = new InetSocketAddress("239.255.255.250", UPNP).getAddress();

  private final TimeSource time;

  /**
   * Makes an interviewer; nothing is open until it asks.
   *
   * @param time the monotonic clock
   */
  public NameQuestions(TimeSource time) {
    this.time = time;
  }

  private static InetAddress group(int last) {
    return new InetSocketAddress("224.0.0." + last, MULTICAST_DNS).getAddress();
  }

  @Override
  public Answers ask(String interfaceName, InetAddress own, Set<InetAddress> whom)
      throws IOException {
    Answers answers = new Answers();
    Map<InetAddress, URI> descriptions = new LinkedHashMap<>();
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(own, 0))) {
      socket.setOption(
          StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName(interfaceName));
      send(socket, Search.question(), upnpGroup, UPNP);
      for (InetAddress each : whom) {
        send(socket, DnsMessage.reverseQuestion(ID, each), dnsGroup, MULTICAST_DNS);
        send(socket, NodeStatus.question(ID), each, NETBIOS);
        receive(socket, BETWEEN_QUESTIONS_MILLIS, whom, answers, descriptions);
      }
      receive(socket, PATIENCE_MILLIS, whom, answers, descriptions);
    }
    long deadline = time.nanos() + DESCRIPTIONS_NANOS;
    for (Map.Entry<InetAddress, URI> each : descriptions.entrySet()) {
      describe(each.getValue(), deadline)
          .ifPresent(name -> answers.friendly().put(each.getKey(), name));
    }
    return answers;
  }

  private static void send(DatagramSocket socket, byte[] text, InetAddress to, int port) {
    try {
      socket.send(new DatagramPacket(text, text.length, to, port));
    } catch (IOException refused) { // a firewall may forbid one of them; the others may be sent
      System.getLogger(NameQuestions.class.getName())
          .log(System.Logger.Level.DEBUG, to + " is not asked for its name: " + refused);
    }
  }

  private void receive(
      DatagramSocket socket,
      int millis,
      Set<InetAddress> whom,
      Answers answers,
      Map<InetAddress, URI> descriptions)
      throws IOException {
    long deadline = time.nanos() + millis * NANOS_PER_MILLI;
    byte[] buffer = new byte[LONGEST_DATAGRAM];
    for (int count = 0; count < MOST_ANSWERS; count++) {
      long left = (deadline - time.nanos()) / NANOS_PER_MILLI;
      if (left <= 0) {
        return; // whoever never stops talking is not listened to any longer
      }
      socket.setSoTimeout((int) left);
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException nothingMore) {
        return;
      }
      if (whom.contains(packet.getAddress())) {
        take(packet, answers, descriptions);
      }
    }
  }

  /** Everybody speaks for itself only. */
  private static void take(
      DatagramPacket packet, Answers answers, Map<InetAddress, URI> descriptions) {
    InetAddress from = packet.getAddress();
    byte[] message = Arrays.copyOf(packet.getData(), packet.getLength());
    switch (packet.getPort()) {
      case MULTICAST_DNS ->
          DnsMessage.names(message).stream()
              .filter(each -> each.address().equals(from))
              .findFirst()
              .ifPresent(each -> answers.multicast().putIfAbsent(from, each.name()));
      case NETBIOS ->
          NodeStatus.name(message).ifPresent(name -> answers.netbios().putIfAbsent(from, name));
      default -> {
        if (descriptions.size() < MOST_DESCRIPTIONS) {
          Search.description(message, from).ifPresent(uri -> descriptions.putIfAbsent(from, uri));
        }
      }
    }
  }

  private Optional<String> describe(URI uri, long deadline) {
    if (deadline - time.nanos() <= 0) {
      return Optional.empty();
    }
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(DESCRIPTION_MILLIS);
      connection.setReadTimeout(DESCRIPTION_MILLIS);
      try (InputStream body = connection.getInputStream()) {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK
            ? FriendlyName.read(readSome(body, deadline))
            : Optional.empty();
      } finally {
        connection.disconnect();
      }
    } catch (IOException | IllegalArgumentException silent) {
      return Optional.empty(); // it offered a description that it does not give
    }
  }

  /** A stranger may send for ever, one octet at a time. */
  private byte[] readSome(InputStream body, long deadline) throws IOException {
    byte[] text = new byte[LONGEST_DESCRIPTION];
    int length = 0;
    int more = 1;
    while (more > 0 && length < text.length && deadline - time.nanos() > 0) {
      more = body.read(text, length, text.length - length);
      length += Math.max(0, more);
    }
    return Arrays.copyOf(text, length);
  }
}
