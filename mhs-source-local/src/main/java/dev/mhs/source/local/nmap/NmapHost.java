package dev.mhs.source.local.nmap;

import dev.mhs.api.MacAddress;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A host that nmap found.
 *
 * @param address its address
 * @param mac its link-layer address, or null when nmap may not see it
 * @param vendor its maker by nmap's own list, or null
 */
public record NmapHost(InetAddress address, @Nullable MacAddress mac, @Nullable String vendor) {}
