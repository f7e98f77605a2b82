package dev.mhs.source.routeros;

import dev.mhs.api.Poll;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.routeros.client.Gathering;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.client.MenuReader;
import dev.mhs.source.routeros.client.RouterSession;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.map.BootWatch;
import dev.mhs.source.routeros.map.Lan;
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
  private static final Duration UPTIME_AGE = Duration.ofSeconds(30);

  /** How old may be what people change rarely. */
  static final Duration SETTLED = Duration.ofMinutes(2);

  /** How old may be what devices change. */
  static final Duration FRESH = Duration.ofSeconds(25);

  private final RouterSession session;
  private final MenuReader menus;
  private final TimeSource time;
  private final boolean hasLine;
  private final AddressBook book = new AddressBook();
  private final ReentrantLock bootLock = new ReentrantLock();
  private final BootWatch boots = new BootWatch();
  private volatile long epoch;
  private volatile @Nullable RouterVersion version;

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

  /** Begins an answer: finds out first whether the box was restarted. */
  Gathering gather() throws InterruptedException {
    Gathering gathering = new Gathering(menus, time.moment());
    Reading resource = gathering.need(Menu.RESOURCE, UPTIME_AGE);
    if (gathering.failure() != null) {
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
      if (uptime.isPresent() && boots.restarted(uptime.get(), resource.at())) {
        menus.forget();
      }
      epoch = boots.epoch();
    } finally {
      bootLock.unlock();
    }
  }

  /** Finds the household's line; nothing for a switch. */
  Wan line(Gathering gathering) throws InterruptedException {
    if (!hasLine) {
      return new Wan(Set.of(), Set.of(), "a switch has none");
    }
    List<Row> members = gathering.ifThere(Menu.LIST_MEMBER, SETTLED).rows();
    return Wan.of(
        new Wan.Rows(
            gathering.need(Menu.INTERFACE, SETTLED).rows(),
            members,
            gathering.ifThere(Menu.ROUTE, SETTLED).rows(),
            gathering.ifThere(Menu.PPPOE_CLIENT, SETTLED).rows(),
            gathering.ifThere(Menu.VLAN, SETTLED).rows(),
            gathering.ifThere(Menu.DHCP_CLIENT, SETTLED).rows()));
  }

  /** Finds the household's side, and learns who has which address. */
  Lan lan(Gathering gathering) throws InterruptedException {
    Wan line = line(gathering);
    List<Row> addresses = new ArrayList<>(gathering.need(Menu.ADDRESS, SETTLED).rows());
    addresses.addAll(gathering.ifThere(Menu.ADDRESS6, SETTLED).rows());
    List<Row> members = gathering.ifThere(Menu.LIST_MEMBER, SETTLED).rows();
    List<Row> interfaces = gathering.need(Menu.INTERFACE, SETTLED).rows();
    List<Row> neighbors = new ArrayList<>(gathering.need(Menu.ARP, FRESH).rows());
    neighbors.addAll(gathering.ifThere(Menu.NEIGHBOR6, FRESH).rows());
    List<Row> leases = gathering.ifThere(Menu.LEASE, FRESH).rows();
    Lan found = Lan.of(interfaces, members, addresses, line);
    if (gathering.failure() == null) {
      book.learn(leases, neighbors, line, time.moment());
    }
    return found;
  }
}
