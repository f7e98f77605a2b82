package dev.mhs.source.local.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import java.net.Inet4Address;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepPlanTest {
  private static Ipv4Network network(String own, int prefix) {
    return new Ipv4Network("eth0", (Inet4Address) IpLiteral.of(own), prefix);
  }

  private static SweepPlan plan(Ipv4Network... networks) {
    return SweepPlan.of(List.of(networks), name -> false);
  }

  @Test
  void privateNetworksAreAsked() {
    var networks = List.of(network("192.168.1.2", 24), network("10.0.0.2", 22));

    assertEquals(networks, SweepPlan.of(networks, name -> false).networks());
  }

  @Test
  void networksOfTwoAndOneAreLeftOut() {
    SweepPlan plan = plan(network("10.0.0.1", 31), network("10.0.0.1", 32));

    assertEquals(List.of(), plan.networks());
    assertEquals(List.of(), plan.others());
  }

  @Test
  void theProvidersNetworkIsLeftAlone() {
    var provider = network("203.0.113.7", 24);
    var carrier = network("100.64.3.7", 10);

    SweepPlan plan = plan(provider, carrier);

    assertEquals(List.of(), plan.networks());
    assertEquals(List.of(provider, carrier), plan.others());
  }

  @Test
  void aNetworkThatTheUserNamedIsAskedWhateverItIs() {
    var provider = network("203.0.113.7", 24);

    assertEquals(List.of(provider), SweepPlan.of(List.of(provider), "eth0"::equals).networks());
  }

  @Test
  void addressesThatDevicesGiveThemselvesAreNotSearched() {
    assertEquals(List.of(), plan(network("169.254.7.7", 16)).networks());
  }

  @Test
  void aLargeNetworkIsBoundedAndToldSo() {
    var large = network("10.20.30.40", 16);

    assertEquals(List.of(large), plan(large, network("192.168.1.2", 20)).bounded());
    assertEquals(SweepPlan.MOST, plan(large).everybody(Set.of()).size());
  }

  @Test
  void noneOfOurOwnAddressesIsAskedAndNobodyTwice() {
    SweepPlan plan = plan(network("192.168.1.2", 29), network("192.168.1.3", 29));

    var asked = plan.everybody(Set.of(IpLiteral.of("192.168.1.2"), IpLiteral.of("192.168.1.3")));

    assertEquals(4, asked.size());
    assertTrue(asked.stream().allMatch(each -> each.from().equals(IpLiteral.of("192.168.1.2"))));
  }
}
