package dev.mhs.source.local.sweep;

import java.net.InetAddress;

/**
 * One question to be asked.
 *
 * @param from our own address on the interface by which to ask
 * @param target whom to ask
 * @param interfaceName that interface
 * @param known whether the target is a neighbor that was seen before
 */
public record Probe(InetAddress from, InetAddress target, String interfaceName, boolean known) {}
