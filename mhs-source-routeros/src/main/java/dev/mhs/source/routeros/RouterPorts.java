package dev.mhs.source.routeros;

import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.Finding;
import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.PortSource;
import dev.mhs.source.routeros.client.Gathering;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.client.MenuReply;
import dev.mhs.source.routeros.client.RouterRequest;
import dev.mhs.source.routeros.map.PortMapper;
import dev.mhs.source.routeros.map.SocketCounters;
import dev.mhs.source.routeros.map.Wan;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells what the sockets of a box do. */
final class RouterPorts implements PortSource {
  private static final Cadence CADENCE =
      new Cadence(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(5));

  /** A link that was agreed upon anew is noticed before by its count of downs. */
  private static final Duration SPEED_AGE = Duration.ofMinutes(5);

  private static final Duration RIGHTS_AGE = Duration.ofMinutes(30);
  private static final String MONITOR = "interface/ethernet/monitor";

  private final Router router;
  private final String id;
  private final Box.Role role;
  private final Pace pace = new Pace();
  private Map<String, BitRate> speeds = Map.of();
  private List<String> speedsOf = List.of();
  private @Nullable Moment speedsAt;
  private @Nullable Moment rightsAt;
  private final SocketCounters counters = new SocketCounters();
  private @Nullable Moment comparedAt;
  private volatile List<Finding> findings = List.of();

  RouterPorts(Router router, String id, Box.Role role) {
    this.router = router;
    this.id = id;
    this.role = role;
  }

  @Override
  public Poll<List<Box>> ports() throws InterruptedException {
    Gathering gathering = router.gather();
    pace.beat(router.time().moment());
    Reading interfaces = router.interfaces(gathering, interfacesAge());
    pace.done(router.time().moment());
    Wan line = router.line(gathering);
    if (gathering.failure() == null) {
      refreshSpeeds(interfaces.rows());
      compareCounters(interfaces.rows());
    }
    Map<String, Row> sockets =
        counters.atSocket().isEmpty()
            ? Map.of()
            : counters.of(gathering.need(Menu.ETHERNET, Duration.ZERO).rows());
    Optional<String> name = text(Menu.IDENTITY, "name", gathering);
    Optional<String> model = text(Menu.ROUTERBOARD, "model", gathering);
    Optional<String> board = text(Menu.RESOURCE, "board-name", gathering);
    refreshRights(gathering);
    return router.ended(
        gathering,
        gathering.answer(
            () ->
                List.of(
                    new Box(
                        id,
                        name.orElse(id),
                        model.or(() -> board).orElse(null),
                        role,
                        interfaces.at(),
                        PortMapper.ports(
                            interfaces.rows(), speeds, sockets, line, router.epoch())))));
  }

  @Override
  public Cadence cadence() {
    return CADENCE;
  }

  /** Returns what a person may want to know. Any thread. */
  List<Finding> findings() {
    return findings;
  }

  /** What is read at the sockets is of this moment, so what stands beside it must be as well. */
  private Duration interfacesAge() {
    boolean isAlone = counters.atSocket().isEmpty() && !isComparisonDue();
    return isAlone ? pace.shared() : Duration.ZERO;
  }

  private boolean isComparisonDue() {
    Moment before = comparedAt;
    return before == null || router.time().moment().since(before).compareTo(SPEED_AGE) >= 0;
  }

  /** Seldom, and without harm where the menu is lacking: then the interfaces are believed. */
  private void compareCounters(List<Row> interfaces) throws InterruptedException {
    if (!isComparisonDue()) {
      return;
    }
    comparedAt = router.time().moment();
    if (router.menus().read(Menu.ETHERNET, Duration.ZERO)
        instanceof MenuReply.Rows(Reading ethernet)) {
      counters.compare(interfaces, ethernet.rows(), router.epoch());
    }
    findings =
        counters.atSocket().isEmpty()
            ? List.of()
            : List.of(
                new Finding(
                    Finding.Level.GOOD,
                    "counted at the socket, since /interface tells the processor's share only: "
                        + String.join(", ", new TreeSet<>(counters.atSocket())),
                    null));
  }

  private static Optional<String> text(Menu menu, String key, Gathering gathering)
      throws InterruptedException {
    return gathering.ifThere(menu, Router.NAME_AGE).rows().stream()
        .findFirst()
        .flatMap(row -> row.text(key));
  }

  /**
   * Read for the findings alone: a missing right is better told before somebody needs it. Whatever
   * the box answers, its ports are known without.
   */
  private void refreshRights(Gathering gathering) throws InterruptedException {
    Moment now = router.time().moment();
    Moment before = rightsAt;
    boolean isYoung = before != null && now.since(before).compareTo(RIGHTS_AGE) < 0;
    if (isYoung || gathering.failure() != null) {
      return;
    }
    rightsAt = now;
    router.menus().read(Menu.USER, RIGHTS_AGE);
    router.menus().read(Menu.USER_GROUP, RIGHTS_AGE);
  }

  /**
   * A link that came up or some minutes that passed are reason to ask; a failure is none to fail.
   */
  private void refreshSpeeds(List<Row> interfaces) throws InterruptedException {
    List<String> names = PortMapper.withSpeed(interfaces);
    List<String> links = PortMapper.links(interfaces);
    Moment now = router.time().moment();
    Moment before = speedsAt;
    boolean isOld = before == null || now.since(before).compareTo(SPEED_AGE) >= 0;
    if (names.isEmpty() || (!isOld && links.equals(speedsOf))) {
      return;
    }
    speedsAt = now;
    speedsOf = links;
    // Without a list of keys: the command takes one since 7.19.6 only (schema 7.9.2 to 7.24).
    RouterRequest once =
        RouterRequest.run(MONITOR, Map.of("numbers", String.join(",", names), "once", ""));
    speeds =
        router.session().ask(once) instanceof RouterReply.Answer<Row>(List<Row> rows)
            ? PortMapper.speeds(rows)
            : Map.of();
  }
}
