package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.Box;
import dev.mhs.simulator.world.RefusedException;
import dev.mhs.simulator.world.Release;
import dev.mhs.simulator.world.RouterTables;
import dev.mhs.simulator.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The menus of a box by path. A menu that the version does not have is not there; whoever asks is
 * told so in the router's words.
 */
final class Menus {
  private final Map<String, Menu> menus = new HashMap<>();
  private final Map<String, Function<Map<String, String>, List<Row>>> commands = new HashMap<>();

  private Menus() {}

  /** The menus of the router. */
  static Menus ofRouter(World world) {
    Menus menus = new Menus();
    menus.addCommon(world, world.router());
    menus.addNetwork(world);
    menus.addFirewall(world);
    menus.addDevices(world);
    menus.command("system/reboot", values -> done(world::rebootRouter));
    return menus;
  }

  /** The menus of the switch: no connections, no leases, no queues of interest. */
  static Menus ofSwitch(World world) {
    Menus menus = new Menus();
    menus.addCommon(world, world.switchBox());
    menus.menus.put("ip/address", Menu.shows(NetworkRows::switchAddresses));
    for (String empty :
        List.of(
            "ip/arp",
            "ip/route",
            "ip/dhcp-client",
            "ip/dhcp-server/lease",
            "ip/firewall/connection",
            "ip/firewall/filter",
            "interface/list/member",
            "interface/pppoe-client",
            "interface/vlan",
            "queue/simple")) {
      menus.menus.put(empty, Menu.shows(List::of));
    }
    menus.command("system/reboot", values -> done(world::rebootSwitch));
    return menus;
  }

  Optional<Menu> menu(String path) {
    return Optional.ofNullable(menus.get(path));
  }

  Optional<Function<Map<String, String>, List<Row>>> command(String path) {
    return Optional.ofNullable(commands.get(path));
  }

  /** Whether something is at a path or below it. */
  boolean knows(String path) {
    return menus.containsKey(path)
        || commands.containsKey(path)
        || menus.keySet().stream().anyMatch(one -> one.startsWith(path + "/"))
        || commands.keySet().stream().anyMatch(one -> one.startsWith(path + "/"));
  }

  private void addCommon(World world, Box box) {
    SystemRows system = new SystemRows(world, box);
    InterfaceRows interfaces = new InterfaceRows(world, box);
    DeviceRows devices = new DeviceRows(world);
    menus.put("system/resource", Menu.single(system::resource));
    menus.put("system/identity", Menu.single(system::identity, naming(world, box)));
    menus.put("system/routerboard", Menu.single(system::routerboard));
    menus.put("system/clock", Menu.single(system::clock));
    menus.put("interface", Menu.shows(interfaces::all, ports(world, box)));
    menus.put("interface/ethernet", Menu.shows(interfaces::ethernet, ports(world, box)));
    menus.put("interface/bridge/host", Menu.shows(() -> devices.hosts(box)));
    command("interface/monitor-traffic", values -> interfaces.traffic(need(values, "interface")));
    command("interface/ethernet/monitor", values -> interfaces.links(need(values, "numbers")));
  }

  private void addNetwork(World world) {
    NetworkRows network = new NetworkRows(world);
    menus.put("ip/address", Menu.shows(network::addresses));
    menus.put("ipv6/address", Menu.shows(network::addresses6));
    menus.put("ip/route", Menu.shows(network::routes));
    menus.put("ip/dhcp-client", Menu.shows(network::dhcpClients));
    menus.put("interface/pppoe-client", Menu.shows(network::pppoeClients));
    menus.put("interface/vlan", Menu.shows(List::of));
    menus.put("ip/service", Menu.shows(network::services));
    menus.put(
        "ip/settings",
        Menu.single(
            network::settings,
            new Menu.Writer() {
              @Override
              public void set(String id, Map<String, String> values) {
                network.change(values);
              }
            }));
    RouterTables tables = world.tables();
    menus.put("interface/list/member", table(tables.members()));
    menus.put("ip/dns/static", table(tables.names()));
  }

  private void addFirewall(World world) {
    FirewallRows rows = new FirewallRows(world);
    RouterTables tables = world.tables();
    menus.put(
        "ip/firewall/connection",
        Menu.shows(() -> rows.connections(false), forgetting(world, false)));
    menus.put(
        "ipv6/firewall/connection",
        Menu.shows(() -> rows.connections(true), forgetting(world, true)));
    menus.put("ip/firewall/filter", Menu.of(tables.filter(), () -> rows.rules(tables.filter())));
    menus.put(
        "ipv6/firewall/filter", Menu.of(tables.filter6(), () -> rows.rules(tables.filter6())));
    menus.put(
        "ip/firewall/address-list",
        Menu.of(tables.addressLists(), () -> rows.addresses(tables.addressLists())));
    menus.put(
        "ipv6/firewall/address-list",
        Menu.of(tables.addressLists6(), () -> rows.addresses(tables.addressLists6())));
    menus.put("queue/simple", Menu.of(tables.queues(), rows::queues));
  }

  private void addDevices(World world) {
    DeviceRows devices = new DeviceRows(world);
    Release release = world.scenario().release();
    menus.put("ip/arp", Menu.shows(devices::arp));
    menus.put("ipv6/neighbor", Menu.shows(devices::neighbors6));
    menus.put("ip/dhcp-server/lease", Menu.shows(devices::leases));
    menus.put("ip/kid-control", table(world.tables().kids()));
    menus.put("ip/kid-control/device", Menu.shows(devices::kidDevices));
    if (release.hasWireless()) {
      menus.put("interface/wireless/registration-table", Menu.shows(devices::registrations));
      menus.put("caps-man/registration-table", Menu.shows(List::of));
    } else {
      menus.put("interface/wifi/registration-table", Menu.shows(devices::registrations));
    }
  }

  private void command(String path, Function<Map<String, String>, List<Row>> command) {
    commands.put(path, command);
  }

  private static Menu table(dev.mhs.simulator.world.Table table) {
    Supplier<List<Row>> rows = () -> table.items().stream().map(Row::of).toList();
    return Menu.of(table, rows);
  }

  private static Menu.Writer ports(World world, Box box) {
    return new Menu.Writer() {
      @Override
      public void set(String id, Map<String, String> values) {
        world.setPort(box, id, values);
      }
    };
  }

  private static Menu.Writer naming(World world, Box box) {
    return new Menu.Writer() {
      @Override
      public void set(String id, Map<String, String> values) {
        world.rename(box, need(values, "name"));
      }
    };
  }

  private static Menu.Writer forgetting(World world, boolean six) {
    return new Menu.Writer() {
      @Override
      public void remove(String id) {
        world.removeConnection(id, six);
      }
    };
  }

  private static List<Row> done(Runnable what) {
    what.run();
    return List.of();
  }

  private static String need(Map<String, String> values, String key) {
    String text = values.get(key);
    if (text == null) {
      throw new RefusedException(400, "missing value(s) of argument(s) " + key);
    }
    return text;
  }
}
