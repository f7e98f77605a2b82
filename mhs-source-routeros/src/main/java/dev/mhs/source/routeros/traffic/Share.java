package dev.mhs.source.routeros.traffic;

import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.parse.AddressText;
import java.net.InetAddress;
import java.util.Optional;

/** Whose use of the household's line a connection is. */
sealed interface Share {
  /**
   * A device's.
   *
   * @param address the device's address
   * @param begun whether the device sent the first packet, so that "orig" is its upload
   */
  record OfDevice(InetAddress address, boolean begun) implements Share {}

  /**
   * The router's own.
   *
   * @param begun whether the router sent the first packet
   */
  record OfRouter(boolean begun) implements Share {}

  /** Nobody's: it stays within the house, goes to many, or merely passes through. */
  record OfNobody() implements Share {}

  /**
   * Attributes a connection. Where the first packet came from is the one end; the other end is who
   * answers, which is right behind destination NAT too. ({@code reply-dst-address} is the router's
   * own address behind source NAT, and says nothing about whose it is.)
   */
  static Share of(Connection connection, Lan lan) {
    Optional<InetAddress> first = AddressText.parse(connection.source());
    Optional<InetAddress> other = AddressText.parse(connection.replySource());
    Optional<InetAddress> target = AddressText.parse(connection.destination());
    if (first.isEmpty() || other.isEmpty() || target.isEmpty()) {
      return new OfNobody();
    }
    return of(first.get(), target.get(), other.get(), lan);
  }

  /**
   * Attributes packets.
   *
   * @param first who sent the first one
   * @param target where it was sent
   * @param other who answers
   */
  static Share of(InetAddress first, InetAddress target, InetAddress other, Lan lan) {
    if (lan.isNobody(first) || lan.isNobody(other) || lan.isNobody(target)) {
      return new OfNobody();
    }
    boolean isInside = isInside(first, lan);
    if (isInside == isInside(other, lan)) {
      return new OfNobody(); // within the house, hairpin included, or between strangers
    }
    InetAddress inner = isInside ? first : other;
    return lan.own().contains(inner) ? new OfRouter(isInside) : new OfDevice(inner, isInside);
  }

  private static boolean isInside(InetAddress address, Lan lan) {
    return lan.own().contains(address) || lan.has(address);
  }
}
