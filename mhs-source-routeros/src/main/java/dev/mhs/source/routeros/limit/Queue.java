package dev.mhs.source.routeros.limit;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.source.routeros.parse.CounterPair;
import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.Row;
import dev.mhs.source.routeros.parse.UpDown;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code /queue/simple}.
 *
 * @param id its id, which may change between two readings
 * @param name its name, unique among simple queues
 * @param targets the addresses whose traffic it takes
 * @param places the interfaces whose traffic it takes
 * @param limits what it allows
 * @param comment its owner's remark, or empty
 * @param disabled whether it is switched off
 * @param dynamic whether the router made it by itself; nobody can change it
 * @param invalid whether its target does not exist
 * @param narrowedBy the setting by which it takes some of its targets' traffic only, or {@code
 *     parent} when it is a child of another; null when it takes all
 * @param passed the bytes that went through it, its target's upload first; null when the router
 *     does not say
 */
public record Queue(
    String id,
    String name,
    List<Prefix> targets,
    List<String> places,
    UpDown limits,
    String comment,
    boolean disabled,
    boolean dynamic,
    boolean invalid,
    @Nullable String narrowedBy,
    @Nullable CounterPair passed) {

  /** Where queues are. */
  public static final String MENU = "queue/simple";

  /** How the names of our queues begin; queues of MHS's predecessor have such names too. */
  public static final String PREFIX = "nb-";

  /** How the comments of everything begin that MHS makes on a router. */
  static final String MARK = "mhs: ";

  private static final String WAITING = " (waits for the device to come back)";
  private static final Pattern MARKED = Pattern.compile("mhs: ([0-9a-fA-F:]{17}).*");

  /** Copies the lists. */
  public Queue {
    targets = List.copyOf(targets);
    places = List.copyOf(places);
  }

  /**
   * Reads rows in their order.
   *
   * @param rows {@code /queue/simple}
   * @return the queues; a row without id, name or limits is left out
   */
  public static List<Queue> of(List<Row> rows) {
    return rows.stream().flatMap(row -> of(row).stream()).toList();
  }

  /**
   * Returns the comment that marks a queue as ours and names its device.
   *
   * @param device the device
   * @return the comment
   */
  public static String mark(DeviceKey device) {
    return MARK + device;
  }

  /**
   * Returns the comment of a queue that is switched off because nobody knows where its device is.
   *
   * @param device the device
   * @return the comment
   */
  static String waitingMark(DeviceKey device) {
    return MARK + device + WAITING;
  }

  /** Whether MHS switched it off, because its address is another device's by now. */
  boolean isWaiting() {
    return disabled && comment.endsWith(WAITING);
  }

  /**
   * Returns the name of a queue of ours.
   *
   * @param address the device's first address
   * @return such as {@code nb-192.168.88.10}
   */
  public static String nameOf(InetAddress address) {
    return PREFIX + IpLiteral.text(address);
  }

  /**
   * Returns the name of a queue of ours, unless a queue of somebody else's has it already.
   *
   * @param address the device's first address
   * @param device the device
   * @param all all queues
   * @param its the queues of the device itself
   * @return a name that is free
   */
  static String freeName(InetAddress address, DeviceKey device, List<Queue> all, List<Queue> its) {
    String name = nameOf(address);
    boolean isTaken =
        all.stream().anyMatch(queue -> queue.name().equals(name) && !its.contains(queue));
    return isTaken ? name + "-" + device.toString().replaceAll("[^0-9a-f]", "") : name;
  }

  /**
   * Tells whether MHS, or its predecessor, made it. Only such queues are ever changed.
   *
   * @return whether it has our mark; or our kind of name with the very address as its only target,
   *     and nobody's remark
   */
  public boolean isOurs() {
    if (dynamic || !name.startsWith(PREFIX)) {
      return false;
    }
    return comment.startsWith(MARK)
        || (comment.isEmpty()
            && targets.size() == 1
            && targets.getFirst().isSingle()
            && name.equals(nameOf(targets.getFirst().base())));
  }

  /**
   * Returns the device that the mark names.
   *
   * @return its MAC address, or null when there is no mark or it names none
   */
  public @Nullable MacAddress markedMac() {
    Matcher marked = MARKED.matcher(comment);
    return marked.matches() ? MacAddress.parse(marked.group(1)).orElse(null) : null;
  }

  /**
   * Tells whether it takes all traffic of some target before any later queue can.
   *
   * @param target the target
   * @return whether it does, as far as can be told
   */
  boolean takes(Prefix target) {
    boolean isActive = !disabled && !invalid && narrowedBy == null;
    return isActive
        && (!places.isEmpty() || targets.stream().anyMatch(one -> one.overlaps(target)));
  }

  private static Optional<Queue> of(Row row) {
    Optional<String> id = row.id();
    Optional<String> name = row.text("name");
    Optional<UpDown> limits = row.text("max-limit").flatMap(UpDown::parse);
    if (id.isEmpty() || name.isEmpty() || limits.isEmpty()) {
      return Optional.empty();
    }
    List<Prefix> targets = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (String one : row.text("target").orElse("0.0.0.0/0,::/0").split(",", -1)) {
      Prefix.parse(one.strip()).ifPresentOrElse(targets::add, () -> places.add(one.strip()));
    }
    return Optional.of(
        new Queue(
            id.get(),
            name.get(),
            targets,
            places,
            limits.get(),
            row.text("comment").orElse(""),
            row.flag("disabled"),
            row.flag("dynamic"),
            row.flag("invalid"),
            narrowedBy(row),
            row.text("bytes").flatMap(CounterPair::parse).orElse(null)));
  }

  private static @Nullable String narrowedBy(Row row) {
    for (String key : List.of("packet-marks", "time", "dst")) {
      if (row.text(key).isPresent()) {
        return key;
      }
    }
    return row.text("parent").orElse("none").equals("none") ? null : "parent";
  }
}
