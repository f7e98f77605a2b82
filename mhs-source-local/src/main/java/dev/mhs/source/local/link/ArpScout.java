package dev.mhs.source.local.link;

import dev.mhs.api.MacAddress;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.local.link.ArpTable.Place;
import dev.mhs.source.local.sweep.Ipv4Network;
import dev.mhs.source.local.sweep.Pause;
import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds out by ARP who is on the connected networks: by asking, and by listening to what devices
 * tell each other. {@link #watch} and the questions are for one thread; frames may come on any.
 */
public final class ArpScout implements AutoCloseable {
  /** A trunk with more networks than that is not listened on whole. */
  private static final int MOST_LINKS = 16;

  /** A person has to give us the library or the right. */
  private static final Duration MENDED_AFTER = Duration.ofSeconds(60);

  /** An interface that went away, or down, may be back any moment. */
  private static final Duration BACK_AFTER = Duration.ofSeconds(2);

  /**
   * Why an interface cannot be listened on.
   *
   * @param kind what stands in the way
   * @param reason in words
   */
  public record LinkFailure(LinkException.Kind kind, String reason) {}

  private record Trouble(LinkFailure failure, long untilNanos) {}

  private final Links links;
  private final TimeSource time;
  private final Consumer<Heard> others;
  private final boolean mayAsk;
  private final ArpTable table;
  private final ArpSweeper sweeper;
  private final Map<String, Segment> segments = new ConcurrentHashMap<>();
  private final Map<String, Link> open = new ConcurrentHashMap<>();
  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();

  /**
   * Makes a scout that listens nowhere yet.
   *
   * @param links opens interfaces
   * @param mayAsk whether anything may be sent at all
   * @param time both clocks
   * @param pause waits between two questions
   * @param others takes what was heard beside ARP; on any thread, must not block
   */
  public ArpScout(
      Links links, boolean mayAsk, TimeSource time, Pause pause, Consumer<Heard> others) {
    this.links = links;
    this.mayAsk = mayAsk;
    this.time = time;
    this.others = others;
    table = new ArpTable(mayAsk);
    sweeper =
        new ArpSweeper(
            this::ask,
            table,
            time,
            pause,
            Thread.ofPlatform().daemon().name("mhs-local-arp").factory());
  }

  /**
   * Says where to listen. What is not named any more is left; where listening ended, or could not
   * begin, it is tried again after a while.
   *
   * @param wanted the interfaces, the more important first
   * @return whether listening began somewhere: who came there before was not heard
   */
  public boolean watch(List<Segment> wanted) {
    Map<String, Segment> now = new TreeMap<>();
    wanted.stream().limit(MOST_LINKS).forEach(each -> now.put(each.interfaceName(), each));
    open.forEach(
        (name, link) -> {
          if (!now.containsKey(name) || !link.isAlive()) {
            leave(name, link, new LinkFailure(LinkException.Kind.OTHER, "listening ended"));
          }
        });
    segments.keySet().retainAll(now.keySet());
    troubles.keySet().retainAll(now.keySet());
    segments.putAll(now);
    table.retain(now.keySet());
    boolean hasBegun = false;
    for (String name : now.keySet()) {
      hasBegun |= begins(name);
    }
    return hasBegun;
  }

  private boolean begins(String name) {
    Trouble trouble = troubles.get(name);
    if (open.containsKey(name) || (trouble != null && trouble.untilNanos() - time.nanos() > 0)) {
      return false;
    }
    try {
      open.put(name, links.open(name, frame -> hear(name, frame)));
      troubles.remove(name);
      return true;
    } catch (LinkException refused) {
      note(name, failure(refused));
      return false;
    }
  }

  private static LinkFailure failure(LinkException refused) {
    return new LinkFailure(refused.kind(), refused.reason());
  }

  private void leave(String name, Link link, LinkFailure failure) {
    note(name, failure);
    open.remove(name, link);
    link.close();
  }

  private void note(String name, LinkFailure failure) {
    Duration pause =
        switch (failure.kind()) {
          case NO_LIBRARY, NO_PERMISSION -> MENDED_AFTER;
          case OTHER -> BACK_AFTER;
        };
    troubles.put(name, new Trouble(failure, time.nanos() + pause.toNanos()));
  }

  private void hear(String name, byte[] frame) {
    Segment segment = segments.get(name);
    Heard heard = FrameReader.read(frame).orElse(null);
    if (segment == null || heard == null) {
      return;
    }
    if (heard instanceof Heard.Arp arp) {
      if (segment.mayHold(arp.address()) && !isOurs(arp.mac())) {
        boolean isAnswer = arp.answerTo() != null && arp.answerTo().equals(segment.mac());
        Place place = new Place(name, arp.address());
        if (table.heard(place, arp.mac(), isAnswer, time.instant())) {
          sweeper.ask(table.takeDoubts(), true);
        }
      }
    } else {
      others.accept(heard);
    }
  }

  private boolean isOurs(MacAddress mac) {
    return segments.values().stream().anyMatch(each -> mac.equals(each.mac()));
  }

  /**
   * Tells whether somebody can be asked by ARP on an interface.
   *
   * @param interfaceName its name
   * @return whether questions leave and answers come in there
   */
  public boolean canAsk(String interfaceName) {
    Segment segment = segments.get(interfaceName);
    return mayAsk && segment != null && segment.mac() != null && open.containsKey(interfaceName);
  }

  /**
   * Asks. Returns at once; answers are among the holders later.
   *
   * @param interfaceName by which interface
   * @param whom the addresses
   * @param areKnown whether they are known already, and so are asked first
   */
  public void ask(String interfaceName, Collection<Inet4Address> whom, boolean areKnown) {
    if (canAsk(interfaceName)) {
      List<Place> places = new ArrayList<>();
      whom.forEach(each -> places.add(new Place(interfaceName, each)));
      sweeper.ask(places, areKnown);
    }
  }

  /** Sends one question; on the sweeper's thread. */
  private void ask(Place place) {
    Segment segment = segments.get(place.interfaceName());
    Link link = open.get(place.interfaceName());
    if (segment == null || segment.mac() == null || link == null) {
      return;
    }
    for (Ipv4Network network : segment.networks()) {
      if (network.contains(place.address())) {
        MacAddress to = table.asking(place, time.instant());
        send(link, place, ArpRequest.frame(segment.mac(), network.own(), place.address(), to));
        return;
      }
    }
  }

  private void send(Link link, Place place, byte[] frame) {
    try {
      link.send(frame);
    } catch (LinkException refused) {
      leave(place.interfaceName(), link, failure(refused));
    }
  }

  /**
   * Returns who holds which address.
   *
   * @param now when this is asked
   * @return everybody who was heard within the last half hour
   */
  public List<Holder> holders(Instant now) {
    return table.holders(now);
  }

  /**
   * Returns the interfaces that are listened on.
   *
   * @return their names
   */
  public Set<String> heardOn() {
    return Set.copyOf(open.keySet());
  }

  /**
   * Returns why interfaces are not listened on.
   *
   * @return the reasons by interface; empty where all that are wanted are heard
   */
  public Map<String, LinkFailure> failures() {
    return troubles.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> entry.getValue().failure(),
                (one, same) -> one,
                TreeMap::new));
  }

  /** Stops asking and listening. */
  @Override
  public void close() {
    sweeper.close();
    open.values().forEach(Link::close);
    open.clear();
  }
}
