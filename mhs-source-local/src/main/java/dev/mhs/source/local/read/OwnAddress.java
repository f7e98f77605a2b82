package dev.mhs.source.local.read;

import java.net.InetAddress;

/**
 * An address of this machine.
 *
 * @param interfaceName the interface that has it
 * @param address the address, without a zone
 * @param prefixLength how many leading bits name the directly connected network
 */
public record OwnAddress(String interfaceName, InetAddress address, int prefixLength) {}
