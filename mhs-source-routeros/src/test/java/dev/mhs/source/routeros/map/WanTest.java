package dev.mhs.source.routeros.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.source.routeros.Samples;
import dev.mhs.source.routeros.parse.Row;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WanTest {
  private static final List<Row> INTERFACES =
      Samples.of(
          "[{'name':'ether1','type':'ether','running':'true'},"
              + "{'name':'ether2','type':'ether','running':'true'},"
              + "{'name':'vlan7','type':'vlan','running':'true'},"
              + "{'name':'lte1','type':'lte','running':'false'},"
              + "{'name':'pppoe-out1','type':'pppoe-out','running':'true'},"
              + "{'name':'bridge','type':'bridge','running':'true'}]");
  private static final List<Row> NONE = List.of();

  @Test
  void theInterfaceListWanDecides() {
    List<Row> members =
        Samples.of(
            "[{'list':'LAN','interface':'bridge'},{'list':'WAN','interface':'ether2'},"
                + "{'list':'WAN','interface':'ether1','disabled':'true'}]");

    Wan wan = Wan.of(new Wan.Rows(INTERFACES, members, NONE, NONE, NONE, NONE));

    assertEquals(Set.of("ether2"), wan.counted());
    assertTrue(wan.reason().contains("list WAN"));
  }

  @Test
  void whatCarriesPppoeIsNotCountedASecondTime() {
    List<Row> members =
        Samples.of("[{'list':'WAN','interface':'ether1'},{'list':'WAN','interface':'pppoe-out1'}]");
    List<Row> pppoe = Samples.of("[{'name':'pppoe-out1','interface':'vlan7','running':'true'}]");
    List<Row> vlans = Samples.of("[{'name':'vlan7','interface':'ether1'}]");

    Wan wan = Wan.of(new Wan.Rows(INTERFACES, members, NONE, pppoe, vlans, NONE));

    assertEquals(Set.of("pppoe-out1"), wan.counted());
    assertEquals(Set.of("vlan7", "ether1"), wan.carriers());
    assertTrue(wan.has("ether1"));
  }

  @Test
  void theHouseholdsBridgeIsNotTheLinesWhenTheProvidersVlanComesOverIt() {
    List<Row> members = Samples.of("[{'list':'WAN','interface':'pppoe-out1'}]");
    List<Row> pppoe = Samples.of("[{'name':'pppoe-out1','interface':'vlan7','running':'true'}]");
    List<Row> vlans = Samples.of("[{'name':'vlan7','interface':'bridge'}]");

    Wan wan = Wan.of(new Wan.Rows(INTERFACES, members, NONE, pppoe, vlans, NONE));

    assertEquals(Set.of("pppoe-out1"), wan.counted());
    assertEquals(Set.of("vlan7"), wan.carriers());
    assertFalse(wan.has("bridge"));
  }

  @Test
  void aListWithoutAnyLinkGivesWayToTheRouteInUse() {
    List<Row> members = Samples.of("[{'list':'WAN','interface':'lte1'}]");
    List<Row> routes =
        Samples.of(
            "[{'dst-address':'0.0.0.0/0','active':'true','immediate-gw':'192.0.2.1%ether2'}]");

    Wan online = Wan.of(new Wan.Rows(INTERFACES, members, routes, NONE, NONE, NONE));
    Wan offline = Wan.of(new Wan.Rows(INTERFACES, members, NONE, NONE, NONE, NONE));

    assertEquals(Set.of("ether2"), online.counted());
    assertEquals(Set.of("lte1"), offline.counted());
    assertTrue(offline.reason().contains("list WAN"));
  }

  @Test
  void whatABridgeOrABondOfTheLineIsJoinedOfBelongsToIt() {
    List<Row> interfaces =
        Samples.of(
            "[{'name':'bond1','type':'bond','running':'true'},"
                + "{'name':'outside','type':'bridge','running':'true'},"
                + "{'name':'sfp1','type':'ether','running':'true'}]");
    List<Row> members =
        Samples.of("[{'list':'WAN','interface':'bond1'},{'list':'WAN','interface':'outside'}]");

    Wan wan = Wan.of(new Wan.Rows(interfaces, members, NONE, NONE, NONE, NONE));

    assertTrue(wan.isJoined(interfaces));
    Wan whole =
        wan.joined(
            Samples.of(
                "[{'interface':'sfp1','bridge':'outside'},{'interface':'ether5','bridge':'b'}]"),
            Samples.of("[{'name':'bond1','slaves':'ether1,ether2'},{'name':'b2','slaves':'x'}]"));
    assertEquals(Set.of("bond1", "outside"), whole.counted());
    assertEquals(Set.of("sfp1", "ether1", "ether2"), whole.carriers());
  }

  @Test
  void aPppoeClientThatIsDownHidesNothing() {
    List<Row> down =
        Samples.of("[{'name':'ether1','running':'true'},{'name':'pppoe-out1','running':'false'}]");
    List<Row> members =
        Samples.of("[{'list':'WAN','interface':'ether1'},{'list':'WAN','interface':'pppoe-out1'}]");
    List<Row> pppoe = Samples.of("[{'name':'pppoe-out1','interface':'ether1','running':'false'}]");

    Wan wan = Wan.of(new Wan.Rows(down, members, NONE, pppoe, NONE, NONE));

    assertEquals(Set.of("ether1", "pppoe-out1"), wan.counted());
  }

  @Test
  void severalLinesAreAllCounted() {
    List<Row> members =
        Samples.of("[{'list':'WAN','interface':'ether1'},{'list':'WAN','interface':'lte1'}]");

    assertEquals(
        Set.of("ether1", "lte1"),
        Wan.of(new Wan.Rows(INTERFACES, members, NONE, NONE, NONE, NONE)).counted());
  }

  @Test
  void withoutAListTheNearestActiveDefaultRouteOfTheMainTableDecides() {
    List<Row> routes =
        Samples.of(
            "[{'dst-address':'0.0.0.0/0','active':'true','distance':'1','routing-table':'vpn',"
                + "'immediate-gw':'10.0.0.1%ether2'},"
                + "{'dst-address':'0.0.0.0/0','distance':'1','immediate-gw':'10.0.0.2%ether2'},"
                + "{'dst-address':'0.0.0.0/0','active':'true','distance':'5',"
                + "'immediate-gw':'pppoe-out1'},"
                + "{'dst-address':'0.0.0.0/0','active':'true','distance':'9',"
                + "'immediate-gw':'10.0.0.3%lte1'}]");

    assertEquals(
        Set.of("pppoe-out1"),
        Wan.of(new Wan.Rows(INTERFACES, NONE, routes, NONE, NONE, NONE)).counted());
  }

  @Test
  void theRecordedRouteTableNamesItsInterface() {
    List<Row> routes = Samples.rows("ip-route.default.constructed.json");

    assertEquals(
        Set.of("ether1"),
        Wan.of(new Wan.Rows(INTERFACES, NONE, routes, NONE, NONE, NONE)).counted());
  }

  @Test
  void anEqualCostRouteCountsAllItsInterfaces() {
    List<Row> routes =
        Samples.of(
            "[{'dst-address':'0.0.0.0/0','active':'true','distance':'1',"
                + "'immediate-gw':'10.0.0.1%ether1,10.1.0.1%ether2'}]");

    assertEquals(
        Set.of("ether1", "ether2"),
        Wan.of(new Wan.Rows(INTERFACES, NONE, routes, NONE, NONE, NONE)).counted());
  }

  @Test
  void elseARunningPppoeClientOrABoundDhcpClientDecides() {
    List<Row> pppoe = Samples.of("[{'name':'pppoe-out1','interface':'ether1','running':'true'}]");
    List<Row> dhcp =
        Samples.of(
            "[{'interface':'ether2','status':'bound'},{'interface':'lte1','status':'searching...'}]");

    assertEquals(
        Set.of("pppoe-out1"),
        Wan.of(new Wan.Rows(INTERFACES, NONE, NONE, pppoe, NONE, dhcp)).counted());
    assertEquals(
        Set.of("ether2"), Wan.of(new Wan.Rows(INTERFACES, NONE, NONE, NONE, NONE, dhcp)).counted());
  }

  @Test
  void anInterfaceThatDoesNotExistIsPassedOver() {
    List<Row> members = Samples.of("[{'list':'WAN','interface':'*F00'}]");

    Wan wan = Wan.of(new Wan.Rows(INTERFACES, members, NONE, NONE, NONE, NONE));

    assertEquals(Set.of(), wan.counted());
  }
}
