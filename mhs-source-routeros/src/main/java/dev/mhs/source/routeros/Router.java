package dev.mhs.source.routeros;

import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.routeros.client.Gathering;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.client.MenuReader;
import dev.mhs.source.routeros.client.MenuReply;
import dev.mhs.source.routeros.client.RouterSession;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.map.BootWatch;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.map.Radios;
import dev.mhs.source.routeros.map.Wan;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.parse.RouterDuration;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.RouterVersion;
import dev.mhs.source.routeros.parse.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the four capabilities know of one box together: whom to ask, what was read lately, whether
 * it was restarted, which side is the household's. Any thread.
 */
final class Router {
  /** How old the uptime may be; a restart in between breaks connections, which is noticed too. */
  private static final Duration UPTIME_AGE = Duration.ofSeconds(60);

  /** For so long after its start a box may give answers that are not whole. */
  private static final Duration STARTING = Duration.ofMinutes(1);

  /** How old may be what people change rarely; another state of the interfaces makes it old too. */
  static final Duration SETTLED = Duration.ofMinutes(5);

  /** How old may be what changes by itself. */
  static final Duration FRESH = Duration.ofSeconds(25);

  /** How old may be what the box is called, and which one it is. */
  static final Duration NAME_AGE = Duration.ofMinutes(10);

  /** How old may be who has which address; connections of an unknown one go by that. */
  private static final Duration BOOK_AGE = Duration.ofSeconds(100);

  /** What the state of the interfaces decides. */
  private static final List<Menu> BY_INTERFACES =
      List.of(
          Menu.LIST_MEMBER,
          Menu.ROUTE,
          Menu.PPPOE_CLIENT,
          Menu.VLAN,
          Menu.DHCP_CLIENT,
          Menu.BRIDGE_PORT,
          Menu.BONDING,
          Menu.ADDRESS,
          Menu.ADDRESS6);

  private final RouterSession session;
  private final MenuReader menus;
  private final TimeSource time;
  private final boolean hasLine;
  private final AddressBook book = new AddressBook();
  private final ReentrantLock bootLock = new ReentrantLock();
  private final BootWatch boots = new BootWatch();
  private volatile long epoch;
  private volatile boolean isStarting;
  private volatile @Nullable RouterVersion version;
  private volatile @Nullable List<String> interfaceStates;
  private volatile MenuReply.@Nullable Failed trouble;

  Router(RouterSession session, TimeSource time, boolean hasLine) {
    this.session = session;
    this.menus = new MenuReader(session, time);
    this.time = time;
    this.hasLine = hasLine;
  }

  RouterSession session() {
    return session;
  }

  MenuReader menus() {
    return menus;
  }

  TimeSource time() {
    return time;
  }

  AddressBook book() {
    return book;
  }

  /** Returns a number that changes with each restart of the box. */
  long epoch() {
    return epoch;
  }

  /**
   * Tells whether it answers fully by now: for a minute after its start it may leave things out.
   */
  boolean hasSettled() {
    return !isStarting;
  }

  /** Returns the version, or null before the first answer. */
  @Nullable RouterVersion version() {
    return version;
  }

  /**
   * Returns which box it is, as far as it says: its serial number where it has one, else its model.
   */
  String hardware() {
    return first(Menu.ROUTERBOARD, "serial-number")
        .or(() -> first(Menu.RESOURCE, "board-name"))
        .orElse("unnamed");
  }

  /** Returns why the box does not answer, or null when it does. */
  MenuReply.@Nullable Failed trouble() {
    return trouble;
  }

  /** Begins an answer: finds out first whether the box was restarted. */
  Gathering gather() throws InterruptedException {
    Gathering gathering = new Gathering(menus, time.moment());
    Reading resource = gathering.need(Menu.RESOURCE, UPTIME_AGE);
    trouble = gathering.failure();
    if (trouble != null) {
      // It may be restarting: whatever comes next, its uptime is asked for first.
      menus.forget(Menu.RESOURCE);
    } else {
      resource.rows().stream().findFirst().ifPresent(row -> note(row, resource));
    }
    return gathering;
  }

  /** Ends an answer that failed midway, so that the next one looks for a restart. */
  <T> Poll<T> ended(Gathering gathering, Poll<T> poll) {
    if (gathering.failure() != null) {
      trouble = gathering.failure();
      menus.forget(Menu.RESOURCE);
    }
    return poll;
  }

  private Optional<String> first(Menu menu, String key) {
    return menus.last(menu) instanceof RouterReply.Answer<Row>(List<Row> rows)
        ? rows.stream().findFirst().flatMap(row -> row.text(key))
        : Optional.empty();
  }

  private void note(Row row, Reading resource) {
    bootLock.lock();
    try {
      row.text("version").flatMap(RouterVersion::parse).ifPresent(seen -> version = seen);
      Optional<Duration> uptime = row.text("uptime").flatMap(RouterDuration::parse);
      uptime.ifPresent(up -> note(up, resource.at()));
    } finally {
      bootLock.unlock();
    }
  }

  private void note(Duration uptime, Moment at) {
    boolean isYoung = uptime.compareTo(STARTING) < 0;
    // What a box lacks is remembered; but while it starts, it may lack what it has a moment later.
    if (boots.restarted(uptime, at) || (isStarting && !isYoung)) {
      menus.forget();
    }
    isStarting = isYoung;
    epoch = boots.epoch();
  }

  /** Finds the household's line; nothing for a switch. */
  Wan line(Gathering gathering) throws InterruptedException {
    if (!hasLine) {
      return new Wan(Set.of(), Set.of(), "a switch has none");
    }
    List<Row> interfaces = interfaces(gathering, SETTLED).rows();
    Wan line = line(gathering, interfaces);
    return line.isJoined(interfaces)
        ? line.joined(
            gathering.ifThere(Menu.BRIDGE_PORT, SETTLED).rows(),
            gathering.ifThere(Menu.BONDING, SETTLED).rows())
        : line;
  }

  private static Wan line(Gathering gathering, List<Row> interfaces) throws InterruptedException {
    List<Row> members = gathering.ifThere(Menu.LIST_MEMBER, SETTLED).rows();
    // Only a router without the list in use is asked for its routes, which may be many.
    boolean isListed = Wan.isListed(interfaces, members);
    return Wan.of(
        new Wan.Rows(
            interfaces,
            members,
            isListed ? List.of() : gathering.ifThere(Menu.ROUTE, SETTLED).rows(),
            ofType("pppoe-out", interfaces, Menu.PPPOE_CLIENT, gathering),
            ofType("vlan", interfaces, Menu.VLAN, gathering),
            isListed ? List.of() : gathering.ifThere(Menu.DHCP_CLIENT, SETTLED).rows()));
  }

  /**
   * Reads the interfaces. When one of them came or went, came up or went down, what depends on them
   * is read anew the next time.
   */
  Reading interfaces(Gathering gathering, Duration maxAge) throws InterruptedException {
    Reading reading = gathering.need(Menu.INTERFACE, maxAge);
    if (gathering.failure() == null) {
      List<String> now = reading.rows().stream().map(Router::state).toList();
      List<String> before = interfaceStates;
      interfaceStates = now;
      if (before != null && !now.equals(before)) {
        forgetWhatIsSettled();
      }
    }
    return reading;
  }

  /** Forgets what people change rarely, because somebody wants to know it now. */
  void forgetWhatIsSettled() {
    BY_INTERFACES.forEach(menus::forget);
  }

  private static String state(Row row) {
    return String.join(
        " ",
        row.text("name").orElse(""),
        row.text("type").orElse(""),
        Boolean.toString(row.flag("running")),
        Boolean.toString(row.flag("disabled")),
        row.text("link-downs").orElse(""));
  }

  /** Reads the clients of the package wireless, with the names of their networks. */
  Reading wireless(Gathering gathering, Duration maxAge) throws InterruptedException {
    Reading clients = gathering.ifThere(Menu.WIRELESS_REGISTRATION, maxAge);
    return clients.rows().isEmpty()
        ? clients
        : Radios.named(clients, gathering.ifThere(Menu.WIRELESS, SETTLED).rows());
  }

  /** Reads a menu of interfaces, where there is one of its type at all. */
  private static List<Row> ofType(String type, List<Row> interfaces, Menu menu, Gathering gathering)
      throws InterruptedException {
    boolean hasAny = interfaces.stream().anyMatch(row -> row.word("type").orElse("").equals(type));
    return hasAny ? gathering.ifThere(menu, SETTLED).rows() : List.of();
  }

  /** Finds the household's side, and learns who has which address. */
  Lan lan(Gathering gathering) throws InterruptedException {
    Wan line = line(gathering);
    List<Row> addresses = new ArrayList<>(gathering.need(Menu.ADDRESS, SETTLED).rows());
    addresses.addAll(gathering.ifThere(Menu.ADDRESS6, SETTLED).rows());
    List<Row> members = gathering.ifThere(Menu.LIST_MEMBER, SETTLED).rows();
    List<Row> interfaces = gathering.need(Menu.INTERFACE, SETTLED).rows();
    List<Row> neighbors = new ArrayList<>(gathering.need(Menu.ARP, BOOK_AGE).rows());
    neighbors.addAll(gathering.ifThere(Menu.NEIGHBOR6, BOOK_AGE).rows());
    List<Row> leases = gathering.ifThere(Menu.LEASE, BOOK_AGE).rows();
    Lan found = Lan.of(interfaces, members, addresses, line);
    if (gathering.failure() == null) {
      book.learn(leases, neighbors, line, time.moment());
    }
    return found;
  }
}
