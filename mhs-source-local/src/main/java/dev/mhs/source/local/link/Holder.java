package dev.mhs.source.local.link;

import dev.mhs.api.MacAddress;
import java.net.Inet4Address;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who holds an address, as far as ARP tells.
 *
 * @param interfaceName where it was heard
 * @param address the address
 * @param mac who holds it
 * @param heardAt when it last said so
 * @param answeredAt when it last answered us, or null when it never did
 * @param silentSince when it was found not to answer, or null when it does
 */
public record Holder(
    String interfaceName,
    Inet4Address address,
    MacAddress mac,
    Instant heardAt,
    @Nullable Instant answeredAt,
    @Nullable Instant silentSince) {}
