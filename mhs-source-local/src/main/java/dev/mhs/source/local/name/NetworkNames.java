package dev.mhs.source.local.name;

import dev.mhs.api.MacAddress;
import dev.mhs.source.local.link.Heard;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows the names of devices from everywhere: the better source first. What the household's own
 * servers say comes before what a device says of itself. {@link #nameOf} and {@link #refresh} are
 * for one thread at a time; {@link #heard} may be called by any.
 */
public final class NetworkNames {
  private static final String MULTICAST_DOMAIN = "local";

  private final boolean mayAsk;
  private final ReverseNames reverse;
  private final LeaseNames leases;
  private final AskedNames asked;
  private final Supplier<List<String>> localDomains;
  private final HeardNames<MacAddress> lease = new HeardNames<>();
  private final HeardNames<InetAddress> multicast = new HeardNames<>();

  /**
   * Puts the sources of names together.
   *
   * @param mayAsk whether anything may be sent
   * @param reverse the system's resolver
   * @param leases the lease files of this machine
   * @param asked what devices answer themselves
   * @param localDomains tells the household's own domains, which are cut off
   */
  public NetworkNames(
      boolean mayAsk,
      ReverseNames reverse,
      LeaseNames leases,
      AskedNames asked,
      Supplier<List<String>> localDomains) {
    this.mayAsk = mayAsk;
    this.reverse = reverse;
    this.leases = leases;
    this.asked = asked;
    this.localDomains = localDomains;
  }

  /**
   * Takes in what was overheard. Does not block.
   *
   * @param heard what somebody said
   */
  public void heard(Heard heard) {
    switch (heard) {
      case Heard.Arp nothing -> {}
      case Heard.LeaseRequest(MacAddress mac, String name) -> {
        String shown = HostNames.shown(name, List.of());
        if (shown != null) {
          lease.put(mac, shown);
        }
      }
      case Heard.NameMessage message ->
          DnsMessage.names(message.message()).stream()
              .filter(each -> each.address().equals(message.from()))
              .limit(1)
              .forEach(each -> keep(each.address(), each.name()));
    }
  }

  private void keep(InetAddress address, String name) {
    String shown = HostNames.shown(name, List.of(MULTICAST_DOMAIN));
    if (shown != null) {
      multicast.put(address, shown);
    }
  }

  /**
   * Reads lease files that changed, and asks devices whose names are not known. Returns at once.
   *
   * @param present the devices that are there
   */
  public void refresh(List<AskedNames.Candidate> present) {
    leases.refresh();
    if (mayAsk) {
      asked.ask(present);
    }
  }

  /**
   * Returns the name of a device, as far as it is known by now. Never blocks.
   *
   * @param mac its link-layer address, or null when none is visible
   * @param address its address
   * @return its name, or null when it has none or it is not known yet
   */
  public @Nullable String nameOf(@Nullable MacAddress mac, InetAddress address) {
    boolean leadsNowhere = address.isLinkLocalAddress();
    String name = mayAsk && !leadsNowhere ? reverse.nameOf(address) : null;
    if (name != null) {
      return name;
    }
    List<String> domains = new ArrayList<>(localDomains.get());
    domains.add(MULTICAST_DOMAIN);
    if (mac != null) {
      name = firstOf(shown(leases.nameOf(mac), domains), lease.get(mac));
    }
    return firstOf(
        name,
        firstOf(
            firstOf(shown(asked.multicast(address), domains), multicast.get(address)),
            firstOf(
                shown(asked.netbios(address), domains), shown(asked.friendly(address), domains))));
  }

  /**
   * Returns the lease files that names are read from.
   *
   * @return those that exist and could be read
   */
  public List<Path> leaseFiles() {
    return leases.inUse();
  }

  /**
   * Returns why lease files are not read that exist.
   *
   * @return the reasons by file
   */
  public Map<Path, String> leaseTroubles() {
    return leases.troubles();
  }

  private static @Nullable String firstOf(@Nullable String better, @Nullable String other) {
    return better != null ? better : other;
  }

  private static @Nullable String shown(@Nullable String told, List<String> domains) {
    return told == null ? null : HostNames.shown(told, domains);
  }
}
