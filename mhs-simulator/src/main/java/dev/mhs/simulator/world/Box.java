package dev.mhs.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A router or a switch: its name, its model, its interfaces, how long it has been up. */
public final class Box {
  private final String model;
  private final String board;
  private final String architecture;
  final List<Port> ports = new ArrayList<>();
  String name;
  double startedAt;
  int boots;

  Box(String name, String model, String board, String architecture) {
    this.name = name;
    this.model = model;
    this.board = board;
    this.architecture = architecture;
  }

  void add(Port.Nature nature, String mac, String comment, boolean isPlugged) {
    ports.add(new Port(ports.size() + 1, nature, mac, comment, isPlugged));
  }

  Port port(String portName) {
    return find(portName).orElseThrow(() -> new IllegalArgumentException(portName));
  }

  Optional<Port> find(String portName) {
    return ports.stream().filter(port -> port.name.equals(portName)).findFirst();
  }

  /** Its interfaces in the maker's order. */
  public List<Port> ports() {
    return List.copyOf(ports);
  }

  /** What its owner calls it. */
  public String name() {
    return name;
  }

  /** Its model. */
  public String model() {
    return model;
  }

  /** The name of its board. */
  public String board() {
    return board;
  }

  /** The name of its architecture. */
  public String architecture() {
    return architecture;
  }

  /** When it was started, in seconds of the world. */
  public double startedAt() {
    return startedAt;
  }

  /** How often it was started again; ids of dynamic rows depend on it. */
  public int boots() {
    return boots;
  }
}
