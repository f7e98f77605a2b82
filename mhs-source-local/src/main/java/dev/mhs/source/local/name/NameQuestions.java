package dev.mhs.source.local.name;

import dev.mhs.core.spi.TimeSource;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.time.Duration;
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
  private static final Duration PATIENCE = Duration.ofMillis(1500);
  private static final Duration DESCRIPTIONS = Duration.ofSeconds(3);
  private static final long NANOS_PER_MILLI = 1_000_000;
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
      receive(socket, (int) PATIENCE.toMillis(), whom, answers, descriptions);
    }
    describe(descriptions, answers);
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

  /** Asks all at once, so that those who do not answer keep nobody from being heard. */
  private void describe(Map<InetAddress, URI> descriptions, Answers answers) {
    Map<InetAddress, DescriptionReader> readers = new LinkedHashMap<>();
    long deadline = time.nanos() + DESCRIPTIONS.toNanos();
    try {
      for (Map.Entry<InetAddress, URI> each : descriptions.entrySet()) {
        begin(each.getValue()).ifPresent(reader -> readers.put(each.getKey(), reader));
      }
      for (Map.Entry<InetAddress, DescriptionReader> each : readers.entrySet()) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - time.nanos()));
        each.getValue()
            .within(left)
            .flatMap(FriendlyName::read)
            .ifPresent(name -> answers.friendly().put(each.getKey(), name));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      readers.values().forEach(DescriptionReader::close);
    }
  }

  private static Optional<DescriptionReader> begin(URI uri) {
    try {
      return Optional.of(DescriptionReader.begin(uri, PATIENCE));
    } catch (IOException unusable) {
      return Optional.empty(); // what a stranger gave for an address is none
    }
  }
}
